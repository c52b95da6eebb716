import Clibgit2
import DVSystem

/// The index of a repository for look-ups, read from disk when made.
struct GitIndex: ~Copyable {
    private let handle: OpaquePointer

    init(of repository: OpaquePointer, path: String) throws(GitError) {
        handle = try Self.open(repository, path)
    }

    deinit { git_index_free(handle) }

    private static func open(
        _ repository: OpaquePointer,
        _ path: String
    ) throws(GitError) -> OpaquePointer {
        var handle: OpaquePointer?
        let code = git_repository_index(&handle, repository)
        guard code == 0, let handle else { throw .last("open the index of", path, code) }
        let read = git_index_read(handle, 0)
        guard read == 0 else {
            git_index_free(handle)
            throw .last("read the index of", path, read)
        }
        return handle
    }

    /// Whether there is an entry for `path` or below it.
    func contains(_ path: RelativePath) -> Bool {
        let isFile = path.withCString { git_index_get_bypath(handle, $0, 0) != nil }
        return isFile
            || (path.string + "/").withCString { git_index_find_prefix(nil, handle, $0) == 0 }
    }

    /// Whether `path` is a submodule.
    func hasCommit(at path: RelativePath) -> Bool {
        let entry = path.withCString { git_index_get_bypath(handle, $0, 0) }
        return entry?.pointee.mode == GIT_FILEMODE_COMMIT.rawValue
    }
}
