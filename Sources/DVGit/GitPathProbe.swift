import Clibgit2
import DVSystem

/// Looks the same few paths up in many revisions, without a look into folders that did not change.
///
/// Confined to the thread of its repository.
package final class GitPathProbe {
    /// A component of some of the paths.
    private final class Node {
        let name: [CChar]
        var children: [Node] = []
        /// Which path ends here.
        var index: Int?
        /// What was found below folders that were read.
        var found: [GitObjectID: [(index: Int, blob: GitObjectID)]] = [:]

        init(_ name: ArraySlice<UInt8>) {
            self.name = name.map { CChar(bitPattern: $0) } + [0]
        }

        func child(_ name: ArraySlice<UInt8>) -> Node {
            let made = Node(name)
            if let known = children.first(where: { $0.name == made.name }) { return known }
            children.append(made)
            return made
        }
    }

    private let repository: GitRepository
    private let root = Node([])
    private let count: Int

    /// `paths` start at the root of the repository.
    package init(_ paths: [RelativePath], in repository: GitRepository) {
        self.repository = repository
        count = paths.count
        for (index, path) in paths.enumerated() {
            path.components.reduce(root) { $0.child($1) }.index = index
        }
    }

    /// The blob at each path; nil where there is no file.
    package func blobs(at commit: GitCommit) throws(GitError) -> [GitObjectID?] {
        var blobs = [GitObjectID?](repeating: nil, count: count)
        for (index, blob) in try found(below: root, in: commit.tree) { blobs[index] = blob }
        return blobs
    }

    private func found(
        below node: Node,
        in folder: GitObjectID
    ) throws(GitError) -> [(index: Int, blob: GitObjectID)] {
        if let known = node.found[folder] { return known }
        var raw = folder.raw
        var tree: OpaquePointer?
        let code = git_tree_lookup(&tree, repository.handle, &raw)
        guard code == 0, let tree else { throw .last("read the tree", folder.hex, code) }
        defer { git_tree_free(tree) }
        var found: [(index: Int, blob: GitObjectID)] = []
        for child in node.children {
            guard let entry = git_tree_entry_byname(tree, child.name),
                let id = git_tree_entry_id(entry)?.pointee
            else { continue }
            switch git_tree_entry_filemode(entry) {
            case GIT_FILEMODE_BLOB, GIT_FILEMODE_BLOB_EXECUTABLE:
                if let index = child.index { found.append((index, GitObjectID(raw: id))) }
            case GIT_FILEMODE_TREE where !child.children.isEmpty:
                found += try self.found(below: child, in: GitObjectID(raw: id))
            default: break
            }
        }
        node.found[folder] = found
        return found
    }
}
