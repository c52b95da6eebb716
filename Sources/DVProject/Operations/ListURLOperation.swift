import DVFormats
import DVSystem
import SystemPackage

/// Something that a path outside of version control holds.
package struct ExternalEntry: Sendable {
    /// From the path that was listed.
    package let path: String
    package let isDirectory: Bool
    /// Nil where a storage does not say, or has no sizes of folders.
    package let size: Int64?
}

/// Lists what a path outside of version control holds.
package struct ListURLOperation {
    private let url: String
    private let isRecursive: Bool
    /// How many levels to go down; nil for all.
    private let depth: Int?
    private let options: [StorageOption]

    /// `options` are those of a storage.
    package init(
        _ url: String,
        isRecursive: Bool = false,
        depth: Int? = nil,
        options: [StorageOption] = []
    ) {
        self.url = url
        self.isRecursive = isRecursive
        self.depth = depth
        self.options = options
    }

    /// Files before folders, each sorted; with `isRecursive` files only, and folders where the depth ends.
    package func run(in context: OriginContext, of project: Project?) throws -> [ExternalEntry] {
        let source = try ExternalPath(
            url,
            adding: options,
            from: context.workingDirectory,
            in: try context.addresses(of: project)
        )
        switch source {
        case .here(let path): return try entries(of: path)
        case .stored(let place):
            let listing = StoredListing(place, depth: isRecursive ? depth ?? .max : 1)
            guard let entries = try listing.entries() else {
                throw OriginError.sourceMissing(url)
            }
            return entries
        }
    }

    private func entries(of path: AbsolutePath) throws -> [ExternalEntry] {
        guard let status = try FileStatus.followingIfPresent(path) else {
            throw OriginError.sourceMissing(url)
        }
        guard status.isDirectory, depth != 0 else {
            return [ExternalEntry(path: path.string, isDirectory: false, size: status.size)]
        }
        return try entries(of: path, "", level: 1)
    }

    private func entries(
        of folder: AbsolutePath,
        _ prefix: String,
        level: Int
    ) throws -> [ExternalEntry] {
        try Interruption.check()
        var files: [ExternalEntry] = []
        var folders: [(entry: ExternalEntry, path: AbsolutePath)] = []
        for name in try folder.childNames() {
            let path = AbsolutePath(FilePath(name.string), relativeTo: folder)
            guard let status = try FileStatus.ifPresent(path) else { continue }
            let isDirectory = try FileStatus.followingIfPresent(path)?.isDirectory ?? false
            let entry = ExternalEntry(
                path: prefix + name.string,
                isDirectory: isDirectory,
                size: status.size
            )
            if isDirectory { folders.append((entry, path)) } else { files.append(entry) }
        }
        guard isRecursive, depth.map({ level < $0 }) ?? true else {
            return files + folders.map(\.entry)
        }
        return try folders.reduce(into: files) { all, folder in
            all += try entries(of: folder.path, folder.entry.path + "/", level: level + 1)
        }
    }
}
