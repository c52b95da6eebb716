import DVFormats
import DVSystem

extension RemoteOptions {
    /// The storage at the address, with passing failures tried again; nil for addresses of this machine.
    ///
    /// Throws `StorageError` for kinds that are not spoken and for options that make no sense.
    package func storage(environment: [String: String]) throws -> (any Storage)? {
        switch scheme {
        case nil, "", "file", "local": nil
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
        default:
            throw StorageError(
                .unsupported("storage of kind '\(scheme ?? "")' is not supported yet"),
                at: url
            )
        }
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

    private func httpOptions() throws(StorageError) -> HTTPOptions {
        var options = HTTPOptions()
        options.verification = HTTPOptions.Verification(certificates)
        options.connectTimeout = decimal("connect_timeout") ?? 30
        options.stallTimeout = decimal("read_timeout") ?? 60
        let user = string("user") ?? userInfo?.user
        let password = string("password") ?? userInfo?.password ?? ""
        switch string("auth") {
        case "custom":
            guard let name = string("custom_auth_header") else {
                throw misconfigured("auth is 'custom', and custom_auth_header is not set")
            }
            options.headers = [(name, password)]
        case "digest":
            if let user { options.authentication = .digest(user: user, password: password) }
        default:
            if let user { options.authentication = .basic(user: user, password: password) }
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
        if let token = string("token") {
            options.headers = [("Authorization", "Bearer \(token)")]
        } else if let command = string("bearer_token_command") {
            options.headers = [
                (
                    "Authorization",
                    "Bearer \(try TokenCommand(command).token(environment: environment))"
                )
            ]
        } else if let name = string("custom_auth_header") {
            options.headers = [(name, string("password") ?? "")]
        } else if let user = string("user") ?? userInfo?.user {
            let password = string("password") ?? userInfo?.password ?? ""
            options.authentication = .basic(user: user, password: password)
        }
        return options
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

extension S3Options {
    /// `s3://bucket/prefix` with what settings, environment and profiles add.
    init(_ options: RemoteOptions, environment: [String: String]) throws {
        let path = options.url.dropFirst("s3://".count)
        let bucket = path.prefix { $0 != "/" }
        guard !bucket.isEmpty else { throw options.misconfigured("the address names no bucket") }
        let prefix = path.dropFirst(bucket.count).split(separator: "/").joined(separator: "/")
        self.init(bucket: String(bucket), prefix: prefix)
        let sources = S3CredentialSources(options: options, environment: environment)
        endpoint = try sources.endpoint()
        region = try sources.region() ?? region
        usesTLS = options.flag("use_ssl") ?? true
        http.verification = HTTPOptions.Verification(options.certificates)
        http.connectTimeout =
            options.integer("connect_timeout").map(Double.init) ?? http.connectTimeout
        http.stallTimeout = options.integer("read_timeout").map(Double.init) ?? http.stallTimeout
        writeHeaders = Self.writeHeaders(options)
        guard options.flag("allow_anonymous_login") != true else { return }
        credentials = try sources.credentials()
        if credentials == nil {
            throw options.misconfigured("no credentials for S3 were found")
        }
    }

    private static func writeHeaders(_ options: RemoteOptions) -> [(name: String, value: String)] {
        let names = [
            ("acl", "x-amz-acl"), ("sse", "x-amz-server-side-encryption"),
            ("sse_kms_key_id", "x-amz-server-side-encryption-aws-kms-key-id"),
            ("grant_read", "x-amz-grant-read"), ("grant_read_acp", "x-amz-grant-read-acp"),
            ("grant_write_acp", "x-amz-grant-write-acp"),
            ("grant_full_control", "x-amz-grant-full-control"),
        ]
        return names.compactMap { option, header in options.string(option).map { (header, $0) } }
    }
}
