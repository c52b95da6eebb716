import Clibgit2
import DVSystem

/// Changes to a few files of a revision: only the folders on their way are written anew.
struct GitTreeEdit {
    /// What a path becomes; nil removes it.
    private final class Folder {
        var files: [(name: ArraySlice<UInt8>, file: GitTreeFile?)] = []
        var folders: [ArraySlice<UInt8>: Folder] = [:]
    }

    private let repository: OpaquePointer
    private let root = Folder()

    init(of repository: OpaquePointer) {
        self.repository = repository
    }

    func set(_ path: RelativePath, to file: GitTreeFile?) {
        let components = path.components
        guard let name = components.last else { return }
        var folder = root
        for component in components.dropLast() {
            let next = folder.folders[component] ?? Folder()
            folder.folders[component] = next
            folder = next
        }
        folder.files.append((name, file))
    }

    /// Writes the tree that `base` becomes; nil as base is an empty tree.
    func write(on base: git_oid?) throws(GitError) -> git_oid {
        if let tree = try write(root, on: base) { return tree }
        let builder = try TreeBuilder(repository, on: nil)
        return try builder.write()
    }

    /// Nil if nothing is left: Git has no empty folders.
    private func write(_ folder: Folder, on base: git_oid?) throws(GitError) -> git_oid? {
        let builder = try TreeBuilder(repository, on: base)
        for (name, file) in folder.files { try builder.set(name, to: file) }
        for (name, inner) in folder.folders {
            let tree = try write(inner, on: builder.folder(name))
            if let tree {
                try builder.set(name, to: GitTreeFile(id: tree, mode: GIT_FILEMODE_TREE))
            } else if builder.folder(name) != nil {
                try builder.set(name, to: nil)
            }
        }
        return builder.isEmpty ? nil : try builder.write()
    }
}

/// Something that a tree holds under a name.
struct GitTreeFile {
    let id: git_oid
    let mode: git_filemode_t
}

/// A folder of a revision while it is changed.
private struct TreeBuilder: ~Copyable {
    private let handle: OpaquePointer

    init(_ repository: OpaquePointer, on base: git_oid?) throws(GitError) {
        var tree: OpaquePointer?
        if var base {
            let code = git_tree_lookup(&tree, repository, &base)
            guard code == 0 else {
                throw .last("read the tree", GitObjectID(raw: base).hex, code)
            }
        }
        defer { git_tree_free(tree) }
        var handle: OpaquePointer?
        let code = git_treebuilder_new(&handle, repository, tree)
        guard code == 0, let handle else { throw .last("change a tree of", "HEAD", code) }
        self.handle = handle
    }

    deinit { git_treebuilder_free(handle) }

    var isEmpty: Bool { git_treebuilder_entrycount(handle) == 0 }

    /// The folder of this name; nil if there is none.
    func folder(_ name: ArraySlice<UInt8>) -> git_oid? {
        guard let entry = git_treebuilder_get(handle, Self.text(name)),
            git_tree_entry_filemode(entry) == GIT_FILEMODE_TREE
        else { return nil }
        return git_tree_entry_id(entry)?.pointee
    }

    func set(_ name: ArraySlice<UInt8>, to file: GitTreeFile?) throws(GitError) {
        let text = Self.text(name)
        var code: Int32 = 0
        if let file {
            var id = file.id
            code = git_treebuilder_insert(nil, handle, text, &id, file.mode)
        } else if git_treebuilder_get(handle, text) != nil {
            code = git_treebuilder_remove(handle, text)
        }
        guard code == 0 else {
            throw .last("change a tree at", String(decoding: name, as: UTF8.self), code)
        }
    }

    func write() throws(GitError) -> git_oid {
        var id = git_oid()
        let code = git_treebuilder_write(&id, handle)
        guard code == 0 else { throw .last("write a tree to", "the object database", code) }
        return id
    }

    private static func text(_ name: ArraySlice<UInt8>) -> [CChar] {
        name.map { CChar(bitPattern: $0) } + [0]
    }
}
