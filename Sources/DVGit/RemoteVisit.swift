import Clibgit2
import DVSystem

/// What the callbacks of libgit2 need while it talks to another machine.
final class RemoteVisit {
    let credentials: CredentialOffer
    let ssh: SSHTransport?
    private let url: String

    init(_ url: String, _ access: GitAccess, _ settings: borrowing GitSettings) {
        self.url = url
        credentials = CredentialOffer(url, access)
        let address = GitAddress(url)
        let command = settings.value("core.sshCommand")
        ssh = address.flatMap { $0.isSSH ? SSHTransport($0, access, command: command) : nil }
    }

    /// Runs `body` with callbacks that are valid during the call.
    func withCallbacks(_ body: (git_remote_callbacks) throws -> Void) throws {
        let payload = Unmanaged.passUnretained(self).toOpaque()
        var callbacks = git_remote_callbacks()
        git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
        callbacks.payload = payload
        callbacks.credentials = offerCredential
        if ssh != nil { callbacks.transport = makeSSHTransport }
        try withExtendedLifetime(self) {
            do {
                try body(callbacks)
            } catch {
                try explain(error)
                throw error
            }
            try credentials.conclude(isSuccess: true)
        }
    }

    /// Throws what says more than libgit2 does.
    private func explain(_ error: any Error) throws {
        try Interruption.check()
        try credentials.conclude(isSuccess: false)
        try ssh?.throwFailure()
        guard let error = error as? GitError, error.code == GIT_ECERTIFICATE.rawValue else {
            return
        }
        let host = GitAddress(url)?.host ?? url
        throw GitAccessError.untrustedCertificate(host: host, reason: error.message)
    }
}
