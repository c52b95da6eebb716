import DVSystem

/// Links of a revision, followed as they would be if it were checked out.
extension GitTree {
    /// More than these on the way to one file lead in a circle, as for Linux.
    private static let linkLimit = 40

    /// Where `path` leads, whether something is there or not; nil if it leads out of the repository or in a circle.
    package func followingLinks(_ path: RelativePath) throws(GitError) -> RelativePath? {
        // On the way to what is found there are folders only.
        if let entry = try entry(at: path), entry.kind != .symbolicLink { return path }
        var open = Array(path.components.reversed())
        var place: [ArraySlice<UInt8>] = []
        var linkCount = 0
        while let next = open.popLast() {
            if next.elementsEqual(".".utf8) { continue }
            if next.elementsEqual("..".utf8) {
                guard place.popLast() != nil else { return nil }
                continue
            }
            let reached = Self.path(of: place + [next])
            guard let entry = try entry(at: reached), entry.kind == .symbolicLink else {
                place.append(next)
                continue
            }
            linkCount += 1
            let target = try content(ofLink: entry)
            guard linkCount <= Self.linkLimit, target.first != UInt8(ascii: "/") else { return nil }
            open += target.split(separator: UInt8(ascii: "/")).reversed()
        }
        return Self.path(of: place)
    }

    private static func path(of components: [ArraySlice<UInt8>]) -> RelativePath {
        RelativePath(bytes: components.joined(separator: [UInt8(ascii: "/")])) ?? .empty
    }
}
