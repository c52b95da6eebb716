import DVSystem

/// Lists files and tracked data of a project together.
package struct ListOperation {
    package enum Depth: Sendable {
        /// What the folder itself holds.
        case folder
        /// Files at all levels, or as many as given.
        case recursive(levels: Int?)
    }

    private let repository: BrowsedRepository
    private let path: String?
    private let scope: BrowsedRepository.Scope

    package init(
        _ repository: BrowsedRepository,
        path: String?,
        scope: BrowsedRepository.Scope
    ) {
        self.repository = repository
        self.path = path
        self.scope = scope
    }

    /// Sorted by path; a file is a list of itself.
    package func list(_ depth: Depth) throws -> [ListedPath] {
        let place = try repository.place(of: path, scope)
        let (browser, folder) = (place.browser, place.path)
        let entry = try browser.entry(at: folder, shown: path ?? ".")
        if case .recursive(levels: 0) = depth { return [entry.named(name(of: folder))] }
        guard entry.isFolder else { return [entry.named(name(of: folder))] }
        let found =
            switch depth {
            case .folder: try browser.entries(in: folder)
            case .recursive(let levels): try browser.allEntries(below: folder, levels: levels)
            }
        return place.prefix.isEmpty ? found : found.map { $0.named(place.prefix + $0.path) }
    }

    private func name(of path: RelativePath) -> String { path.isEmpty ? "." : path.name }

    /// The same as a tree of so many levels.
    package func tree(levels: Int?) throws -> ListedTree {
        let place = try repository.place(of: path, scope)
        let (browser, folder) = (place.browser, place.path)
        let entry = try browser.entry(at: folder, shown: path ?? ".")
        return try browser.tree(at: folder, entry.named(path ?? "."), levels: levels)
    }
}

/// Adds up the sizes of files and tracked data.
package struct DiskUsageOperation {
    package struct Entry: Sendable {
        /// Empty for the whole project.
        package let path: String
        package let bytes: Int64
    }

    private let repository: BrowsedRepository
    private let path: String?

    package init(_ repository: BrowsedRepository, path: String?) {
        self.repository = repository
        self.path = path
    }

    /// What the folder holds, sorted, and the sum last; only the sum if `isSummary`, or for a file.
    package func run(isSummary: Bool) throws -> [Entry] {
        let place = try repository.place(of: path, .everything)
        let (browser, folder) = (place.browser, place.path)
        let whole = try browser.entry(at: folder, shown: path ?? ".")
        let shown = path ?? ""
        guard whole.isFolder, !isSummary else {
            return [Entry(path: shown, bytes: try browser.totalSize(at: folder, whole))]
        }
        let children = try browser.entries(in: folder).filter {
            !ProjectBrowser.isProjectFile($0.path)
        }
        let entries = try children.map { child in
            let size = try browser.totalSize(at: folder.appending(child.path), child)
            let base = shown.isEmpty || shown.hasSuffix("/") ? shown : shown + "/"
            return Entry(path: base + child.path, bytes: size)
        }
        return entries + [Entry(path: shown, bytes: entries.reduce(0) { $0 + $1.bytes })]
    }
}
