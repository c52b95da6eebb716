import Clibgit2
import DVSystem

/// Why Git would not take a commit.
package enum GitCommitRefusal: Error, Hashable, Sendable {
    /// Git's settings do not say who commits: `user.name` or `user.email`, as named.
    case noIdentity(missing: String)
    case emptyMessage
    /// A merge, a cherry-pick or a revert waits to be finished; a commit of some files only would lose it.
    case unfinished(String)
}

/// Who makes commits, as Git finds it: the environment, then the settings.
struct GitIdentity {
    enum Role: String {
        case author, committer
    }

    private let settings: OpaquePointer
    private let environment: ProcessEnvironment

    /// Calls `body` with the signature of a role, valid during the call.
    static func with<Result>(
        _ role: Role,
        in repository: OpaquePointer,
        _ environment: ProcessEnvironment,
        _ body: (UnsafePointer<git_signature>) throws -> Result
    ) throws -> Result {
        var settings: OpaquePointer?
        var code = git_repository_config(&settings, repository)
        guard code == 0, let settings else {
            throw GitError.last("read the settings of", "Git", code)
        }
        defer { git_config_free(settings) }
        // libgit2 does not know the variable; Git reads this file instead of the user's own.
        if let file = environment["GIT_CONFIG_GLOBAL"], !file.isEmpty {
            git_config_add_file_ondisk(settings, file, GIT_CONFIG_LEVEL_GLOBAL, repository, 1)
        }
        let identity = GitIdentity(settings: settings, environment: environment)
        let name = try identity.value("name", role)
        let email = try identity.value("email", role)
        var signature: UnsafeMutablePointer<git_signature>?
        code = git_signature_now(&signature, name, email)
        guard code == 0, let signature else {
            throw GitError.last("sign as", "\(name) <\(email)>", code)
        }
        defer { git_signature_free(signature) }
        return try body(signature)
    }

    private func value(_ part: String, _ role: Role) throws -> String {
        let variable = "GIT_\(role.rawValue)_\(part)".uppercased()
        let candidates = [
            environment[variable], setting("\(role.rawValue).\(part)"), setting("user.\(part)"),
            part == "email" ? environment["EMAIL"] : nil,
        ]
        guard let value = candidates.compactMap(\.self).first(where: { !$0.isEmpty }) else {
            throw GitCommitRefusal.noIdentity(missing: "user.\(part)")
        }
        return value
    }

    private func setting(_ key: String) -> String? {
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        guard git_config_get_string_buf(&buffer, settings, key) == 0, let text = buffer.ptr else {
            return nil
        }
        return String(cString: text)
    }
}
