import DVHashing
import DVSystem

/// All files below a folder: kind, permissions, size and digest of each, by relative path.
package struct TreeSnapshot: Equatable, Sendable {
    /// What a comparison sees of one entry, as text.
    private var entries: [String: String] = [:]

    package var count: Int { entries.count }

    /// The relative paths, sorted.
    package var paths: [String] { entries.keys.sorted() }

    /// A `root` that does not exist is empty; names in `excluded` are left out with all below them.
    package init(
        of root: AbsolutePath,
        excluding excluded: Set<String> = [".git", ".dvc"],
        comparesPermissions: Bool = true
    ) throws {
        guard try root.exists() else { return }
        let scan = Scan(excluded: excluded, comparesPermissions: comparesPermissions)
        try scan.collect(root, "", into: &entries)
    }

    /// What `self` has that `other` has not, and the reverse; nil if they are equal.
    package func difference(from other: TreeSnapshot) -> String? {
        let names = Set(entries.keys).union(other.entries.keys).sorted()
        let lines = names.compactMap { name -> String? in
            let (mine, theirs) = (entries[name], other.entries[name])
            if mine == theirs { return nil }
            return "\(name): \(mine ?? "missing") instead of \(theirs ?? "nothing")"
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}

private struct Scan {
    let excluded: Set<String>
    let comparesPermissions: Bool
    let hasher = FileHasher()

    func collect(
        _ folder: AbsolutePath,
        _ prefix: String,
        into entries: inout [String: String]
    ) throws {
        for name in try folder.childNames() where !excluded.contains(name.string) {
            let path = AbsolutePath("\(folder)/\(name.string)", relativeTo: .root)
            guard let status = try FileStatus.ifPresent(path) else { continue }
            entries[prefix + name.string] = try describe(path, status)
            if status.isDirectory {
                try collect(path, prefix + name.string + "/", into: &entries)
            }
        }
    }

    private func describe(_ path: AbsolutePath, _ status: FileStatus) throws -> String {
        let mode = comparesPermissions ? " " + String(status.permissions, radix: 8) : ""
        return switch status.kind {
        case .regular: "file\(mode), \(status.size) bytes, \(try hasher.hash(fileAt: path).digest)"
        case .directory: "folder\(mode)"
        case .symbolicLink: "link to \(try path.symbolicLinkTarget())"
        case .other: "special\(mode)"
        }
    }
}
