import Clibgit2
import DVSystem

/// Copies of repositories that are elsewhere.
extension GitRepository {
    private static let everyBranch = "+refs/heads/*:refs/heads/*"

    /// Brings all branches and tags of the repository at `url` here, and makes its default branch the current one.
    ///
    /// Branches that are gone there go here too. For bare repositories that are nothing but copies. `keys` are private keys for
    /// SSH, tried after those of the agent.
    package func mirror(_ url: String, keys: [AbsolutePath]) throws(GitError) {
        var remote: OpaquePointer?
        let made = git_remote_create_anonymous(&remote, handle, url)
        guard made == 0, let remote else { throw .last("use the address", url, made) }
        defer { git_remote_free(remote) }
        let offer = CredentialOffer(keys: keys)
        let payload = Unmanaged.passUnretained(offer).toOpaque()
        try withExtendedLifetime(offer) { () throws(GitError) in
            var callbacks = git_remote_callbacks()
            git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
            callbacks.credentials = offerCredential
            callbacks.payload = payload
            let code = git_remote_connect(remote, GIT_DIRECTION_FETCH, &callbacks, nil, nil)
            guard code == 0 else { throw .last("connect to", url, code) }
            let branch = Self.defaultBranch(of: remote)
            try fetch(remote, url, callbacks)
            if let branch { try setHead(branch, url) }
        }
    }

    /// Nil for an empty repository.
    private static func defaultBranch(of remote: OpaquePointer) -> String? {
        var name = git_buf()
        defer { git_buf_dispose(&name) }
        guard git_remote_default_branch(&name, remote) == 0, let text = name.ptr else { return nil }
        return String(cString: text)
    }

    private func fetch(
        _ remote: OpaquePointer,
        _ url: String,
        _ callbacks: git_remote_callbacks
    ) throws(GitError) {
        var options = git_fetch_options()
        git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
        options.callbacks = callbacks
        options.prune = GIT_FETCH_PRUNE
        options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_ALL
        let code = withSpecification { git_remote_fetch(remote, $0, &options, nil) }
        guard code == 0 else { throw .last("fetch from", url, code) }
    }

    private func withSpecification(_ body: (UnsafePointer<git_strarray>) -> Int32) -> Int32 {
        var text = Array(Self.everyBranch.utf8CString)
        return text.withUnsafeMutableBufferPointer { text in
            var first: UnsafeMutablePointer<CChar>? = text.baseAddress
            return withUnsafeMutablePointer(to: &first) { strings in
                var list = git_strarray(strings: strings, count: 1)
                return body(&list)
            }
        }
    }

    private func setHead(_ branch: String, _ url: String) throws(GitError) {
        let code = git_repository_set_head(handle, branch)
        guard code == 0 else { throw .last("read the default branch of", url, code) }
    }
}

/// The ways to prove who one is, each offered once: libgit2 asks again as long as the other side refuses.
private final class CredentialOffer {
    private var keys: [AbsolutePath]
    private var hasAskedAgent = false

    init(keys: [AbsolutePath]) {
        self.keys = keys
    }

    /// `GIT_PASSTHROUGH` when nothing is left.
    func next(
        _ credential: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>,
        user: UnsafePointer<CChar>?,
        allowed: UInt32
    ) -> Int32 {
        if allowed & GIT_CREDENTIAL_SSH_KEY.rawValue != 0 {
            if !hasAskedAgent {
                hasAskedAgent = true
                if git_credential_ssh_key_from_agent(credential, user) == 0 { return 0 }
            }
            while !keys.isEmpty {
                let key = keys.removeFirst()
                let code = key.withCString {
                    git_credential_ssh_key_new(credential, user, nil, $0, nil)
                }
                if code == 0 { return 0 }
            }
        }
        if allowed & GIT_CREDENTIAL_USERNAME.rawValue != 0 {
            return git_credential_username_new(credential, "git")
        }
        return GIT_PASSTHROUGH.rawValue
    }
}

private func offerCredential(
    _ credential: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?,
    _ url: UnsafePointer<CChar>?,
    _ user: UnsafePointer<CChar>?,
    _ allowed: UInt32,
    _ payload: UnsafeMutableRawPointer?
) -> Int32 {
    guard let credential, let payload else { return GIT_PASSTHROUGH.rawValue }
    let offer = Unmanaged<CredentialOffer>.fromOpaque(payload).takeUnretainedValue()
    return offer.next(credential, user: user, allowed: allowed)
}
