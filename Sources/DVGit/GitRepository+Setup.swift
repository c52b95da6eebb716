import Clibgit2
import DVSystem
import SystemPackage

/// The settings and hooks of a repository.
extension GitRepository {
    /// Sets a key of the repository's own settings, `.git/config`.
    package func set(_ key: String, to value: String) throws(GitError) {
        var all: OpaquePointer?
        var code = git_repository_config(&all, handle)
        guard code == 0, let all else { throw .last("read the settings of", "Git", code) }
        defer { git_config_free(all) }
        var local: OpaquePointer?
        code = git_config_open_level(&local, all, GIT_CONFIG_LEVEL_LOCAL)
        guard code == 0, let local else { throw .last("open the settings of", "Git", code) }
        defer { git_config_free(local) }
        code = git_config_set_string(local, key, value)
        guard code == 0 else { throw .last("set", key, code) }
    }

    /// Where Git looks for hooks: `core.hooksPath`, else `hooks` in the folder that all worktrees share.
    package func hooksDirectory() throws(GitError) -> AbsolutePath {
        var settings: OpaquePointer?
        var code = git_repository_config(&settings, handle)
        guard code == 0, let settings else { throw .last("read the settings of", "Git", code) }
        defer { git_config_free(settings) }
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        if git_config_get_path(&buffer, settings, "core.hooksPath") == 0, let path = buffer.ptr {
            return AbsolutePath(FilePath(platformString: path), relativeTo: workingDirectory)
        }
        code = git_repository_item_path(&buffer, handle, GIT_REPOSITORY_ITEM_HOOKS)
        guard code == 0, let path = buffer.ptr else { throw .last("find", "the hooks", code) }
        return AbsolutePath(FilePath(platformString: path), relativeTo: .root)
    }
}
