import CGitParts
import Clibgit2
import DVSystem

/// Copies of repositories that are elsewhere.
extension GitRepository {
    private static let everyBranch = "+refs/heads/*:refs/heads/*"

    /// Brings all branches and tags of the repository at `url` here, and makes its default branch the current one.
    ///
    /// Branches that are gone there go here too. For bare repositories that are nothing but copies. Throws `GitAccessError`
    /// where more is known than what libgit2 says.
    package func mirror(_ url: String, _ access: GitAccess) throws {
        let settings = try GitSettings(of: handle, access.environment)
        let started = git_tls_start()
        guard started == 0 else { throw GitError.last("start TLS for", url, started) }
        try trustCertificates(settings, access)
        var remote: OpaquePointer?
        let made = git_remote_create_anonymous(&remote, handle, url)
        guard made == 0, let remote else { throw GitError.last("use the address", url, made) }
        defer { git_remote_free(remote) }
        try RemoteVisit(url, access, settings).withCallbacks { callbacks in
            var callbacks = callbacks
            let code = git_remote_connect(remote, GIT_DIRECTION_FETCH, &callbacks, nil, nil)
            guard code == 0 else { throw GitError.last("connect to", url, code) }
            let branch = Self.defaultBranch(of: remote)
            try fetch(remote, url, callbacks)
            if let branch { try setHead(branch, url) }
            git_remote_disconnect(remote)
        }
    }

    /// As Git: a file of certificates may stand in for those of the system.
    private func trustCertificates(
        _ settings: borrowing GitSettings,
        _ access: GitAccess
    ) throws(GitError) {
        let chosen = access.environment["GIT_SSL_CAINFO"] ?? settings.value("http.sslCAInfo")
        guard let chosen, !chosen.isEmpty else { return }
        let code = dv_git_trust_certificates(chosen)
        guard code == 0 else { throw .last("read the certificates in", chosen, code) }
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
