import DVSystem

/// Files that Git or the workspace has and tracked data, seen as one tree.
///
/// Confined to one thread.
struct ProjectBrowser {
    let files: any BrowsedFiles
    let tracked: TrackedFiles
    /// Of tracked data only, folders tell what they hold; a path that is named is found in any case, as in DVC.
    let scope: BrowsedRepository.Scope

    private struct Child {
        let entry: ListedPath
        let isEntered: Bool
    }

    /// Throws `ProjectError.pathMissing` if nothing is there.
    func entry(at path: RelativePath, shown: String) throws -> ListedPath {
        guard let entry = try entryIfPresent(at: path) else {
            throw ProjectError.pathMissing(shown)
        }
        return entry
    }

    func entryIfPresent(at path: RelativePath) throws -> ListedPath? {
        let file = try files.file(at: path)
        let record = try tracked.file(at: path)
        // The root is a folder even if it is empty.
        let isRoot = path.isEmpty && file == nil && record == nil
        guard file != nil || record != nil || isRoot else { return nil }
        return ListedPath(path.name, file, isRoot ? .folderAboveOutputs : record)
    }

    /// What a folder holds, sorted by name.
    func entries(in folder: RelativePath) throws -> [ListedPath] {
        try children(of: folder).map(\.entry)
    }

    private func children(of folder: RelativePath) throws -> [Child] {
        let isComplete = scope == .everything
        let present = try isComplete ? files.files(in: folder) : []
        // A file in the place of a tracked folder hides what was recorded below it.
        let isHidden =
            try isComplete && !folder.isEmpty && files.file(at: folder)?.isFolder == false
        var records = isHidden ? [:] : try tracked.files(in: folder)
        var children = present.map { file in
            Child(
                entry: ListedPath(file.name, file, records.removeValue(forKey: file.name)),
                isEntered: file.isEntered
            )
        }
        children += records.map { name, record in
            Child(entry: ListedPath(name, nil, record), isEntered: record.isFolder)
        }
        return children.sorted {
            $0.entry.path.utf8.lexicographicallyPrecedes($1.entry.path.utf8)
        }
    }

    /// Everything below a folder: files, and folders only where `levels` end; named from the folder.
    func allEntries(below folder: RelativePath, levels: Int?) throws -> [ListedPath] {
        var found: [ListedPath] = []
        try visit(folder, "", levels, &found)
        return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private func visit(
        _ folder: RelativePath,
        _ prefix: String,
        _ levels: Int?,
        _ found: inout [ListedPath]
    ) throws {
        try Interruption.check()
        let isLast = levels == 1
        for child in try children(of: folder) {
            let name = child.entry.path
            if !child.entry.isFolder || isLast { found.append(child.entry.named(prefix + name)) }
            if child.isEntered, !isLast {
                try visit(
                    folder.appending(name),
                    prefix + name + "/",
                    levels.map { $0 - 1 },
                    &found
                )
            }
        }
    }

    /// The tree below `path`, as many levels as asked for.
    func tree(at path: RelativePath, _ entry: ListedPath, levels: Int?) throws -> ListedTree {
        try Interruption.check()
        guard entry.isFolder, levels != 0 else { return ListedTree(entry: entry, children: []) }
        let below = levels.map { $0 - 1 }
        let children = try children(of: path).map { child in
            child.isEntered
                ? try tree(at: path.appending(child.entry.path), child.entry, levels: below)
                : ListedTree(entry: child.entry, children: [])
        }
        return ListedTree(entry: entry, children: children)
    }

    /// Bytes of all files at and below a path, those that describe stages and rules left out, as in DVC.
    func totalSize(at path: RelativePath, _ entry: ListedPath) throws -> Int64 {
        guard entry.isFolder else { return entry.size ?? 0 }
        // What is recorded of a whole output needs no look into it.
        if let size = try recordedSize(at: path) { return size }
        var total: Int64 = 0
        for child in try children(of: path) where !Self.isProjectFile(child.entry.path) {
            if child.entry.isFolder, !child.isEntered { continue }
            total += try totalSize(at: path.appending(child.entry.path), child.entry)
        }
        return total
    }

    private func recordedSize(at path: RelativePath) throws -> Int64? {
        guard try files.file(at: path) == nil else { return nil }
        return try tracked.file(at: path)?.size
    }

    /// `.dvc` files, `dvc.yaml` and `.dvcignore`.
    static func isProjectFile(_ name: String) -> Bool {
        StageFileReader.isStageFileName(name) || name == ".dvcignore"
    }
}
