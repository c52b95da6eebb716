import Clibgit2
import DVSystem
import Glibc

/// Something that a folder of a revision holds.
package struct GitTreeEntry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file(isExecutable: Bool)
        case symbolicLink
        case folder
        /// A commit of another repository.
        case submodule
    }

    /// The raw name, without a slash.
    package let name: [UInt8]
    package let kind: Kind
    package let id: GitObjectID
}

/// Folders of revisions that were read: commits that follow each other share most of theirs.
///
/// Confined to the thread of its repository.
package final class GitTreeMemory {
    fileprivate let repository: GitRepository
    private var folders: [GitObjectID: [GitTreeEntry]] = [:]
    private var entryCount = 0

    /// Bounds the memory, at about 100 bytes for each.
    private static let entryLimit = 500_000

    package init(_ repository: GitRepository) {
        self.repository = repository
    }

    /// The files of a revision.
    package func tree(of commit: GitCommit) -> GitTree { GitTree(self, root: commit.tree) }

    fileprivate func entries(ofFolder id: GitObjectID) throws(GitError) -> [GitTreeEntry] {
        if let known = folders[id] { return known }
        let entries = try repository.entries(ofTree: id)
        if entryCount > Self.entryLimit {
            folders = [:]
            entryCount = 0
        }
        folders[id] = entries
        entryCount += entries.count
        return entries
    }
}

/// The files of a revision, read as they are asked for and never checked out.
package final class GitTree {
    private let memory: GitTreeMemory
    private let root: GitObjectID

    init(_ memory: GitTreeMemory, root: GitObjectID) {
        self.memory = memory
        self.root = root
    }

    /// What is at `path`; nil if nothing is.
    ///
    /// The root itself is a folder without a name.
    package func entry(at path: RelativePath) throws(GitError) -> GitTreeEntry? {
        var current = GitTreeEntry(name: [], kind: .folder, id: root)
        for component in path.components {
            guard current.kind == .folder else { return nil }
            let entries = try memory.entries(ofFolder: current.id)
            guard let next = entries.first(where: { $0.name.elementsEqual(component) }) else {
                return nil
            }
            current = next
        }
        return current
    }

    /// What the folder at `path` holds, in Git's order; nothing if there is no folder.
    package func entries(in path: RelativePath) throws(GitError) -> [GitTreeEntry] {
        guard let folder = try entry(at: path), folder.kind == .folder else { return [] }
        return try memory.entries(ofFolder: folder.id)
    }

    /// The content of the file at `path`; nil if there is no file.
    package func content(at path: RelativePath) throws(GitError) -> [UInt8]? {
        guard let entry = try entry(at: path), case .file = entry.kind else { return nil }
        return try memory.repository.content(ofBlob: entry.id)
    }

    /// The path that a link holds.
    func content(ofLink entry: GitTreeEntry) throws(GitError) -> [UInt8] {
        try memory.repository.content(ofBlob: entry.id)
    }
}

extension GitRepository {
    /// The files of a revision.
    package func tree(of commit: GitCommit) -> GitTree { GitTreeMemory(self).tree(of: commit) }

    /// The content of a blob; memory for all of it is needed.
    package func content(ofBlob id: GitObjectID) throws(GitError) -> [UInt8] {
        var raw = id.raw
        var blob: OpaquePointer?
        let code = git_blob_lookup(&blob, handle, &raw)
        guard code == 0, let blob else { throw .last("read the blob", id.hex, code) }
        defer { git_blob_free(blob) }
        let count = Int(git_blob_rawsize(blob))
        return Array(UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: count))
    }

    /// Bytes of an object, without reading all of it.
    package func size(of id: GitObjectID) throws(GitError) -> Int64 {
        var raw = id.raw
        var database: OpaquePointer?
        let opened = git_repository_odb(&database, handle)
        guard opened == 0, let database else {
            throw .last("open the objects of", workingDirectory.string, opened)
        }
        defer { git_odb_free(database) }
        var size = 0
        var kind = GIT_OBJECT_INVALID
        let code = git_odb_read_header(&size, &kind, database, &raw)
        guard code == 0 else { throw .last("read the object", id.hex, code) }
        return Int64(size)
    }

    /// What a folder of a revision holds, in Git's order.
    package func entries(ofTree id: GitObjectID) throws(GitError) -> [GitTreeEntry] {
        var raw = id.raw
        var tree: OpaquePointer?
        let code = git_tree_lookup(&tree, handle, &raw)
        guard code == 0, let tree else { throw .last("read the tree", id.hex, code) }
        defer { git_tree_free(tree) }
        return (0..<git_tree_entrycount(tree)).compactMap { index in
            git_tree_entry_byindex(tree, index).flatMap(GitTreeEntry.init)
        }
    }
}

extension GitTreeEntry {
    /// Nil for kinds of entries that Git does not have today.
    fileprivate init?(_ entry: OpaquePointer) {
        guard let text = git_tree_entry_name(entry), let oid = git_tree_entry_id(entry) else {
            return nil
        }
        switch git_tree_entry_filemode(entry) {
        case GIT_FILEMODE_BLOB: kind = .file(isExecutable: false)
        case GIT_FILEMODE_BLOB_EXECUTABLE: kind = .file(isExecutable: true)
        case GIT_FILEMODE_LINK: kind = .symbolicLink
        case GIT_FILEMODE_TREE: kind = .folder
        case GIT_FILEMODE_COMMIT: kind = .submodule
        default: return nil
        }
        name = Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
        id = GitObjectID(raw: oid.pointee)
    }
}
