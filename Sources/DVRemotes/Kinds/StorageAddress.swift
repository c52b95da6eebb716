import DVFormats
import DVSystem

extension RemoteOptions {
    /// Whether the address is a folder of this machine.
    package var isOnThisMachine: Bool { [nil, "", "file", "local"].contains(scheme) }

    /// The storage at the address, with passing failures tried again; nil for addresses of this machine.
    ///
    /// Throws `StorageError` for kinds that are not spoken and for options that make no sense.
    package func storage(environment: [String: String]) throws -> (any Storage)? {
        switch scheme {
        case _ where isOnThisMachine: nil
        case "s3": RetryingStorage(S3Storage(try S3Options(self, environment: environment)))
        case "ssh": RetryingStorage(try SSHCommand(self, environment: environment).storage())
        case "http", "https":
            RetryingStorage(
                HTTPStorage(
                    addressWithoutUser,
                    try httpOptions(),
                    uploadMethod: string("method") ?? "POST"
                )
            )
        case "webdav", "webdavs":
            RetryingStorage(
                WebDAVStorage(
                    "http" + addressWithoutUser.dropFirst("webdav".count),
                    try webDAVOptions(environment)
                )
            )
        default: RetryingStorage(try rcloneStorage(environment))
        }
    }

    private func rcloneStorage(_ environment: [String: String]) throws -> RcloneStorage {
        guard let remote = try RcloneRemote(self, environment: environment) else {
            throw StorageError(
                .unsupported("storage of kind '\(scheme ?? "")' is not supported"),
                at: url
            )
        }
        return RcloneStorage(remote, environment: environment, location: url.withoutTrailingSlash)
    }

    /// `user:password@` in an address.
    private var userInfo: (user: String, password: String?)? {
        guard let separator = url.firstRange(of: "://") else { return nil }
        let authority = url[separator.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return nil }
        let parts = authority[..<at].split(separator: ":", maxSplits: 1)
            .map { String(decoding: PercentEncoding.decode($0), as: UTF8.self) }
        return parts.first.map { ($0, parts.count > 1 ? parts[1] : nil) }
    }

    private var addressWithoutUser: String {
        guard let separator = url.firstRange(of: "://") else { return url }
        let rest = url[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return url }
        return String(url[..<separator.upperBound] + rest[rest.index(after: at)...])
    }

    private func httpOptions() throws -> HTTPOptions {
        var options = HTTPOptions()
        options.verification = HTTPOptions.Verification(certificates)
        options.connectTimeout = decimal("connect_timeout") ?? 30
        options.stallTimeout = decimal("read_timeout") ?? 60
        let method = string("auth")
        let user = string("user") ?? userInfo?.user
        // Nobody is asked for what is not sent.
        guard method != nil || user != nil else { return options }
        let password = try secret("password") ?? userInfo?.password
        switch method {
        case "custom":
            guard let name = string("custom_auth_header"), let password else {
                throw misconfigured("auth is 'custom': custom_auth_header and password are needed")
            }
            options.headers = [(name, password)]
        case let method?:
            guard let user, let password else {
                throw misconfigured("auth is '\(method)': user and password are needed")
            }
            options.authentication =
                method == "digest"
                ? .digest(user: user, password: password) : .basic(user: user, password: password)
        case nil:
            if let user { options.authentication = .basic(user: user, password: password ?? "") }
        }
        return options
    }

    private func webDAVOptions(_ environment: [String: String]) throws -> HTTPOptions {
        var options = HTTPOptions()
        options.verification = HTTPOptions.Verification(certificates)
        options.certificate = string("cert_path")
        options.key = string("key_path")
        if let seconds = integer("timeout") {
            options.connectTimeout = Double(seconds)
            options.stallTimeout = Double(seconds)
        }
        try authenticate(&options, environment)
        return options
    }

    /// Where there are several ways, the one that DVC chooses.
    private func authenticate(
        _ options: inout HTTPOptions,
        _ environment: [String: String]
    ) throws {
        if let line = string("bearer_token_command") {
            let command = TokenCommand(line, option: "bearer_token_command")
            options.authentication = .bearer(
                try BearerToken { try command.output(environment: environment) }
            )
        } else if let token = string("token") {
            options.authentication = .bearer(BearerToken(token))
        } else if let user = string("user") ?? userInfo?.user {
            let password = try secret("password") ?? userInfo?.password ?? ""
            options.authentication = .basic(user: user, password: password)
        } else if let name = string("custom_auth_header") {
            options.headers = [(name, try secret("password") ?? "")]
        }
    }

    func misconfigured(_ problem: String) -> StorageError {
        StorageError(.misconfigured(problem), at: url)
    }
}

extension HTTPOptions.Verification {
    init(_ trust: CertificateTrust) {
        switch trust {
        case .system: self = .system
        case .anything: self = .none
        case .file(let path): self = .certificates(path)
        }
    }
}
