import DVFormats
import DVSystem
import Glibc
import SystemPackage

/// Finds the files of a tracked folder, as DVC would, with one stat for each.
///
/// Links to files count as their content; links to folders and nested projects are passed by; empty folders leave no trace;
/// what `.dvcignore` names is left out. Everything that cannot be tracked is reported at once.
package struct WorkspaceWalk: Sendable {
    package let ignoring: IgnoreFiles
    package let pool: WorkerPool

    /// The cache, if it may hold what symbolic links lead to.
    package let objects: AbsolutePath?

    /// Symbolic links to nothing count as absent files if they lead into `objects`: the object was removed, and a
    /// checkout can bring it back.
    package init(ignoring: IgnoreFiles, pool: WorkerPool, objectsIn objects: AbsolutePath? = nil) {
        self.ignoring = ignoring
        self.pool = pool
        self.objects = objects
    }

    /// Whether the symbolic link at `path` leads to a place in the cache.
    func leadsToObject(_ path: AbsolutePath) throws(SystemError) -> Bool {
        guard let objects else { return false }
        return AbsolutePath(try path.symbolicLinkTarget(), relativeTo: path.parent)
            .hasPrefix(objects)
    }

    /// The files below the folder `root`.
    ///
    /// Folders are listed in parallel, level by level; then all files are asked for their status in parallel, in order of
    /// their paths. Throws `SystemError`, `Interrupted` or `WorkspaceError.untrackable`.
    package func tree(at root: AbsolutePath) throws -> FileTree {
        var levels = FolderLevels(visitor: try visitor(for: root))
        try levels.visitAll(with: pool)
        let skipped = levels.nestedProjects
        var problems = levels.problems
        var tree = levels.assemble()
        let found = try tree.readStatus(with: pool)
        problems += try found.problems.filter {
            try $0.reason != .brokenLink || !leadsToObject($0.path)
        }
        guard problems.isEmpty else {
            throw WorkspaceError.untrackable(problems.sorted { $0.path < $1.path })
        }
        tree.skipped = (skipped + found.skipped).sorted { $0.path < $1.path }
        return tree
    }

    private func visitor(for root: AbsolutePath) throws -> FolderVisitor {
        let file = try OpenFile.open(root, O_RDONLY | O_DIRECTORY)
        guard let relative = root.relative(to: ignoring.projectRoot), !relative.isEmpty else {
            return FolderVisitor(root: file, rules: nil, prefix: [])
        }
        return FolderVisitor(
            root: file,
            rules: try ignoring.rules(for: relative.parent),
            prefix: relative.bytes + [UInt8(ascii: "/")]
        )
    }
}

/// The folders of a walk, found level by level.
private struct FolderLevels {
    private struct Folder: Sendable {
        /// Relative to the root, with a slash behind it unless empty.
        let path: [UInt8]
        var visited = VisitedFolder()
        /// The folders in it are numbered on from here, in order.
        var firstChild = 0
    }

    private let visitor: FolderVisitor
    private var folders = [Folder(path: [])]
    private(set) var problems: [UntrackableFile] = []
    private(set) var nestedProjects: [SkippedEntry] = []

    init(visitor: FolderVisitor) {
        self.visitor = visitor
    }

    mutating func visitAll(with pool: WorkerPool) throws {
        var level = 0..<1
        while !level.isEmpty {
            let paths = folders[level].map(\.path)
            let visitor = visitor
            let visited = try pool.map(count: paths.count, batchSize: 4, worker: {}) { _, range in
                try range.map { try visitor.visit(paths[$0]) }
            }
            let next = folders.count
            for (index, found) in zip(level, visited.joined()) { add(found, at: index) }
            level = next..<folders.count
        }
    }

    private mutating func add(_ visited: VisitedFolder, at index: Int) {
        if visited.isProject {
            let path = absolute(folders[index].path)
            if index == 0 {
                problems.append(UntrackableFile(path: path, reason: .projectInside))
            } else {
                nestedProjects.append(SkippedEntry(path: path, reason: .nestedProject))
            }
            return
        }
        problems += visited.problems
        folders[index].visited = visited
        folders[index].firstChild = folders.count
        for item in visited.names.items where item.kind == .directory {
            let name = visited.names.bytes[visited.names.range(item)]
            folders.append(Folder(path: folders[index].path + name))
        }
    }

    private func absolute(_ path: [UInt8]) -> AbsolutePath {
        visitor.rootPath.appending(RelativePath(bytes: path) ?? .empty)
    }

    /// Lines up all files, depth first; frees each folder behind it.
    consuming func assemble() -> FileTree {
        var tree = FileTree(root: visitor.rootPath)
        reserve(in: &tree)
        var stack = [(folder: 0, item: 0, child: folders[0].firstChild)]
        while let (folder, start, child) = stack.popLast() {
            var item = start
            let items = folders[folder].visited.names.items
            while item < items.count, items[item].kind != .directory {
                append(items[item], in: folders[folder], to: &tree)
                item += 1
            }
            if item < items.count {
                stack.append((folder, item + 1, child + 1))
                stack.append((child, 0, folders[child].firstChild))
            } else {
                folders[folder].visited = VisitedFolder()
            }
        }
        return tree
    }

    private func reserve(in tree: inout FileTree) {
        var (files, bytes) = (0, 0)
        for folder in folders {
            for item in folder.visited.names.items where item.kind != .directory {
                files += 1
                bytes += folder.path.count + Int(item.length) + 1
            }
        }
        tree.entries.reserveCapacity(files)
        tree.paths.reserveCapacity(bytes)
    }

    @inline(__always)
    private func append(_ item: FolderNames.Item, in folder: Folder, to tree: inout FileTree) {
        tree.paths.append(contentsOf: folder.path)
        tree.paths.append(contentsOf: folder.visited.names.bytes[folder.visited.names.range(item)])
        tree.paths.append(0)
        var entry = FileTree.Entry(pathEnd: tree.paths.count)
        if item.kind == .symbolicLink { entry.mode = FileTree.Entry.symbolicLink }
        tree.entries.append(entry)
    }
}
