import Clibgit2
import DVSystem

/// A repository in the working tree of another one, which has nothing of its files.
package struct InnerRepository: Hashable, Sendable {
    package let root: AbsolutePath
    /// Whether the outer one records which commit of it is meant.
    package let isSubmodule: Bool
}

extension GitRepository {
    /// The outermost repository within the working tree that `path` is in; nil if there is none.
    ///
    /// Submodules that are not checked out count. libgit2 itself would take files of a submodule into the index, and
    /// the submodule out of it.
    package func innerRepository(holding path: AbsolutePath) throws -> InnerRepository? {
        guard let relative = try relative(path) else { return nil }
        let index = try GitIndex(of: handle, path: gitDirectory.string)
        var name: [UInt8] = []
        for component in relative.components.dropLast() {
            name += (name.isEmpty ? [] : [UInt8(ascii: "/")]) + component
            guard let folder = RelativePath(bytes: name) else { return nil }
            let root = workingDirectory.appending(folder)
            if index.hasCommit(at: folder) { return InnerRepository(root: root, isSubmodule: true) }
            if try root.appending(".git").exists() {
                return InnerRepository(root: root, isSubmodule: false)
            }
        }
        return nil
    }
}
