import Clibgit2
import DVSystem

/// Git's settings as they count in a repository.
struct GitSettings: ~Copyable {
    private let handle: OpaquePointer

    init(of repository: OpaquePointer, _ environment: ProcessEnvironment) throws(GitError) {
        var settings: OpaquePointer?
        let code = git_repository_config(&settings, repository)
        guard code == 0, let settings else { throw .last("read the settings of", "Git", code) }
        handle = settings
        // libgit2 does not know the variable; Git reads this file instead of the user's own.
        if let file = environment["GIT_CONFIG_GLOBAL"], !file.isEmpty {
            git_config_add_file_ondisk(settings, file, GIT_CONFIG_LEVEL_GLOBAL, repository, 1)
        }
    }

    deinit { git_config_free(handle) }

    /// Nil for what is not set.
    func value(_ key: String) -> String? {
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        guard git_config_get_string_buf(&buffer, handle, key) == 0, let text = buffer.ptr else {
            return nil
        }
        return String(cString: text)
    }
}
