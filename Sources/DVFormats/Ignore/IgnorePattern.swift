/// One compiled pattern of an ignore file, with the meaning DVC gives it.
///
/// That is gitignore's, except where DVC differs; the differences decide which files a tracked folder has, so they are kept:
/// a pattern also matches everything below what it matches (which matters after a negation), and `a/**` matches the
/// folder `a` itself.
struct IgnorePattern: Sendable {
    /// What the components of a path must match, one after the other.
    enum Segment: Sendable {
        /// `**`: any number of components.
        case anyDepth
        case literal([UInt8])
        case glob(Glob)
    }

    let text: String
    let line: Int
    let isNegated: Bool
    /// Written with a trailing slash: matches folders only.
    let needsFolder: Bool
    private let segments: [Segment]
    /// Ends with a slash or `/**`: what was matched must be a folder.
    private let needsSlashAfter: Bool
    private let kind: Kind

    /// Shapes that are matched without the general algorithm.
    private enum Kind: Sendable {
        case everything, nothing, name, general
    }

    /// Nil for a blank line or comment, and for one with a range that has no end, which matches nothing.
    ///
    /// - Throws: what makes the line unusable.
    init?(_ written: String, line: Int, isRoot: Bool) throws(IgnorePatternProblem) {
        var pattern = written
        isNegated = pattern.hasPrefix("!")
        if isNegated { pattern.removeFirst() }
        text = written
        self.line = line
        needsFolder = pattern.hasSuffix("/")
        guard !pattern.isEmpty, pattern != "/" || !isNegated else {
            throw IgnorePatternProblem(problem: "pattern without a name")
        }
        if written.isEmpty || written.hasPrefix("#") || pattern == "/" { return nil }
        var parts = pattern.split(separator: "/", omittingEmptySubsequences: false).map(Array.init)
        if parts.first?.isEmpty == true {
            parts.removeFirst()
        } else if parts.count == 1 || parts.count == 2 && parts[1].isEmpty {
            if parts[0] != ["*", "*"] { parts.insert(["*", "*"], at: 0) }
        }
        if parts.last?.isEmpty == true { parts[parts.count - 1] = ["*", "*"] }
        guard let compiled = try Self.compile(parts) else { return nil }
        needsSlashAfter = compiled.count > 1 && Self.isAnyDepth(compiled.last)
        segments = needsSlashAfter ? compiled.dropLast() : compiled
        if needsSlashAfter, !needsFolder, Self.isAnyDepthAndStar(segments) {
            // DVC tests `**/*/**` of the root's file with an expression that no path matches, here and below.
            kind = isRoot ? .nothing : .general
        } else {
            kind = Self.kind(of: segments, needsFolder: needsFolder, isRoot: isRoot)
        }
    }

    /// Collapses runs of `**`.
    ///
    /// Nil if a range has no end: such a pattern is discarded, as Git does.
    private static func compile(
        _ parts: [[Character]]
    ) throws(IgnorePatternProblem) -> [Segment]? {
        var segments: [Segment] = []
        for part in parts {
            if part == ["*", "*"] {
                if !isAnyDepth(segments.last) { segments.append(.anyDepth) }
            } else {
                guard let glob = try Glob(String(part)) else { return nil }
                segments.append(glob.literal.map(Segment.literal) ?? .glob(glob))
            }
        }
        return segments
    }

    private static func kind(of segments: [Segment], needsFolder: Bool, isRoot: Bool) -> Kind {
        guard isAnyDepth(segments.first) else { return .general }
        if segments.count == 1 || isAnyDepthAndStar(segments) {
            // The same for `**/` and `*/`.
            guard needsFolder else { return .everything }
            return isRoot ? .nothing : .everything
        }
        return segments.count == 2 ? .name : .general
    }

    private static func isAnyDepthAndStar(_ segments: [Segment]) -> Bool {
        guard segments.count == 2, isAnyDepth(segments[0]), case .glob(let glob) = segments[1]
        else { return false }
        return glob.isStar
    }

    private static func isAnyDepth(_ segment: Segment?) -> Bool {
        if case .anyDepth = segment { true } else { false }
    }
}

/// What makes a line of an ignore file unusable.
struct IgnorePatternProblem: Error {
    let problem: String
}

extension IgnorePattern {
    /// Whether the pattern matches `path`, named from the folder of the ignore file, or a folder above it.
    func matches(_ path: UnsafeRawBufferPointer, isFolder: Bool) -> Bool {
        if needsFolder, !isFolder { return false }
        switch kind {
        case .everything: return true
        case .nothing: return false
        case .name: return matchesComponent(of: path, isFolder: isFolder)
        case .general: return matchesSegments(path, isFolder: isFolder)
        }
    }

    /// `**` and one name: any component of the path may match it.
    private func matchesComponent(of path: UnsafeRawBufferPointer, isFolder: Bool) -> Bool {
        var start = 0
        while start < path.count {
            let end = componentEnd(in: path, from: start)
            if matches(segments[1], path, start..<end) {
                return !needsSlashAfter || end < path.count || isFolder
            }
            start = end + 1
        }
        return false
    }

    /// Components against segments; on a mismatch the last `**` takes one more component.
    private func matchesSegments(_ path: UnsafeRawBufferPointer, isFolder: Bool) -> Bool {
        var (segment, start) = (0, 0)
        var retry: (segment: Int, start: Int)?
        while true {
            if segment == segments.count {
                // At the end of a component: all that lies below matches as well.
                if !needsSlashAfter || start <= path.count || isFolder { return true }
            } else if case .anyDepth = segments[segment] {
                segment += 1
                retry = (segment, start)
                continue
            } else if start < path.count {
                let end = componentEnd(in: path, from: start)
                if matches(segments[segment], path, start..<end) {
                    segment += 1
                    start = end + 1
                    continue
                }
            }
            guard let last = retry, last.start < path.count else { return false }
            start = componentEnd(in: path, from: last.start) + 1
            segment = last.segment
            retry = (segment, start)
        }
    }

    @inline(__always)
    private func matches(
        _ segment: Segment,
        _ path: UnsafeRawBufferPointer,
        _ range: Range<Int>
    ) -> Bool {
        let name = UnsafeRawBufferPointer(rebasing: path[range])
        switch segment {
        case .anyDepth: return true
        case .literal(let bytes):
            guard bytes.count == name.count, bytes.first == name.first else { return false }
            return bytes.withUnsafeBytes { PythonText.commonPrefix($0, name) } == name.count
        case .glob(let glob): return glob.matches(name)
        }
    }

    @inline(__always)
    private func componentEnd(in path: UnsafeRawBufferPointer, from start: Int) -> Int {
        var end = start
        while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
        return end
    }
}
