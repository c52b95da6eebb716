import DVGit
import DVSystem
import Synchronization

/// The files of a project at a revision, read from Git's objects.
final class RevisionFiles: ProjectFiles, @unchecked Sendable {
    // Sendable because the tree is used under the lock only.
    private let tree: GitTree
    /// The way from the root of the repository to that of the project.
    private let prefix: RelativePath
    private let lock = Mutex(())

    init(of tree: GitTree, below prefix: RelativePath) {
        self.tree = tree
        self.prefix = prefix
    }

    func entries(in folder: RelativePath) throws -> [ProjectFileEntry] {
        let found = try lock.withLock { _ in try tree.entries(in: prefix.appending(folder)) }
        return found.map { entry in
            ProjectFileEntry(
                name: String(decoding: entry.name, as: UTF8.self),
                isFolder: entry.kind == .folder
            )
        }
        .sorted { $0.name < $1.name }
    }

    /// Links inside of the repository are followed, as in the workspace.
    func content(at path: RelativePath) throws -> [UInt8]? {
        try lock.withLock { _ in
            try tree.followingLinks(prefix.appending(path)).flatMap { try tree.content(at: $0) }
        }
    }

    /// Where links lead, whether something is there or not; nil if that is outside of the project.
    func followingLinks(_ path: RelativePath) throws -> RelativePath? {
        try lock.withLock { _ in
            try tree.followingLinks(prefix.appending(path))?.relative(to: prefix)
        }
    }

    /// What a folder holds, in Git's order.
    func treeEntries(in folder: RelativePath) throws -> [GitTreeEntry] {
        try lock.withLock { _ in try tree.entries(in: prefix.appending(folder)) }
    }

    /// Nil if nothing is there.
    func treeEntry(at path: RelativePath) throws -> GitTreeEntry? {
        try lock.withLock { _ in try tree.entry(at: prefix.appending(path)) }
    }

    func outsideContent(at path: AbsolutePath) -> [UInt8]? { nil }

    /// What is in a revision is not ignored.
    func isIgnoredByGit(_ path: RelativePath, isDirectory: Bool) -> Bool { false }
}
