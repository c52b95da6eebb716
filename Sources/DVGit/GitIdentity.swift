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
struct GitIdentity: ~Copyable {
    enum Role: String {
        case author, committer
    }

    private let settings: GitSettings
    private let environment: ProcessEnvironment

    /// Calls `body` with the signature of a role, valid during the call.
    static func with<Result>(
        _ role: Role,
        in repository: OpaquePointer,
        _ environment: ProcessEnvironment,
        _ body: (UnsafePointer<git_signature>) throws -> Result
    ) throws -> Result {
        let identity = GitIdentity(
            settings: try GitSettings(of: repository, environment),
            environment: environment
        )
        let name = try identity.value("name", role)
        let email = try identity.value("email", role)
        var signature: UnsafeMutablePointer<git_signature>?
        let code = git_signature_now(&signature, name, email)
        guard code == 0, let signature else {
            throw GitError.last("sign as", "\(name) <\(email)>", code)
        }
        defer { git_signature_free(signature) }
        return try body(signature)
    }

    private func value(_ part: String, _ role: Role) throws -> String {
        let variable = "GIT_\(role.rawValue)_\(part)".uppercased()
        let candidates = [
            environment[variable], settings.value("\(role.rawValue).\(part)"),
            settings.value("user.\(part)"),
            part == "email" ? environment["EMAIL"] : nil,
        ]
        guard let value = candidates.compactMap(\.self).first(where: { !$0.isEmpty }) else {
            throw GitCommitRefusal.noIdentity(missing: "user.\(part)")
        }
        return value
    }
}
