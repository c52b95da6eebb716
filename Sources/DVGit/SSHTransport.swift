import Clibgit2
import DVSystem

/// Git over the user's own program for SSH, as Git does it: its settings, keys, agent and known hosts count.
///
/// Confined to the thread of the repository.
final class SSHTransport {
    private let address: GitAddress
    private let access: GitAccess
    /// `core.sshCommand`.
    private let command: String?
    private var connection: Conversation?
    private var failure: (any Error)?
    /// What libgit2 holds of the connection, if anything.
    var stream: UnsafeMutablePointer<git_smart_subtransport_stream>?

    init(_ address: GitAddress, _ access: GitAccess, command: String?) {
        self.address = address
        self.access = access
        self.command = command
    }

    func disconnect() {
        connection?.closeInput()
    }

    /// Runs a callback of libgit2; what it throws is kept for `throwFailure`.
    func attempt(_ body: (Conversation) throws -> Void) -> Int32 {
        do {
            // Starts `git-upload-pack` on the other machine.
            let connected = try connection ?? access.converse(try arguments())
            connection = connected
            try body(connected)
            return 0
        } catch {
            failure = error
            return GIT_ERROR.rawValue
        }
    }

    /// What the program says about its failure, if it failed.
    func throwFailure() throws {
        guard let connection else {
            if let failure { throw failure }
            return
        }
        let reason = connection.end()
        if !reason.isSuccess, !connection.errorText.isEmpty {
            throw GitAccessError.connectionFailed(
                host: address.host,
                message: connection.errorText
            )
        }
        if let failure { throw failure }
    }

    /// As Git: `GIT_SSH_COMMAND` and `core.sshCommand` are command lines for a shell, `GIT_SSH` is a program.
    private func arguments() throws -> [String] {
        // A name that looks like an option would be one.
        guard !address.host.hasPrefix("-"), address.user?.hasPrefix("-") != true else {
            throw GitAccessError.connectionFailed(
                host: address.host,
                message: "a name of a host cannot start with '-'"
            )
        }
        let target = (address.user.map { $0 + "@" } ?? "") + address.host
        let port = address.port.map { ["-p", $0] } ?? []
        let arguments = port + [target, "git-upload-pack " + Self.quoted(address.remotePath)]
        if let line = access.environment["GIT_SSH_COMMAND"] ?? command {
            return ["/bin/sh", "-c", line + " \"$@\"", line] + arguments
        }
        return [access.environment["GIT_SSH"] ?? "ssh"] + arguments
    }

    /// One word for a shell, as Git writes it.
    private static func quoted(_ text: String) -> String {
        let escaped = text.map { $0 == "'" || $0 == "!" ? "'\\\($0)'" : String($0) }
        return "'" + escaped.joined() + "'"
    }
}
