import DVFormats
import DVHashing
import DVSystem

extension S3Options {
    /// `s3://bucket/prefix` with what settings, environment and profiles add.
    init(_ options: RemoteOptions, environment: [String: String]) throws {
        let path = options.url.dropFirst("s3://".count)
        let bucket = path.prefix { $0 != "/" }
        guard !bucket.isEmpty else { throw options.misconfigured("the address names no bucket") }
        let prefix = path.dropFirst(bucket.count).split(separator: "/").joined(separator: "/")
        self.init(bucket: String(bucket), prefix: prefix)
        applyConnection(options, environment)
        writeHeaders = try Self.writeHeaders(options)
        encryptionHeaders = try Self.encryptionHeaders(options)
        let sources = try S3CredentialSources(options, environment: environment, http: http)
        endpoint = sources.endpoint
        region = sources.region ?? region
        isVirtualHosted = sources.isVirtualHosted
        guard options.flag("allow_anonymous_login") != true else { return }
        credentials = try sources.credentials()
        if credentials == nil { throw options.misconfigured("no credentials for S3 were found") }
    }

    private mutating func applyConnection(
        _ options: RemoteOptions,
        _ environment: [String: String]
    ) {
        usesTLS = options.flag("use_ssl") ?? true
        http.verification = HTTPOptions.Verification(options.certificates)
        if options.string("ssl_verify") == nil, let bundle = environment["AWS_CA_BUNDLE"] {
            http.verification = .certificates(bundle)
        }
        if let seconds = options.integer("connect_timeout") {
            http.connectTimeout = Double(seconds)
        }
        if let seconds = options.integer("read_timeout") { http.stallTimeout = Double(seconds) }
    }

    private static func writeHeaders(
        _ options: RemoteOptions
    ) throws(StorageError) -> [(name: String, value: String)] {
        let names = [
            ("acl", "x-amz-acl"), ("sse", "x-amz-server-side-encryption"),
            ("sse_kms_key_id", "x-amz-server-side-encryption-aws-kms-key-id"),
            ("grant_read", "x-amz-grant-read"), ("grant_read_acp", "x-amz-grant-read-acp"),
            ("grant_write_acp", "x-amz-grant-write-acp"),
            ("grant_full_control", "x-amz-grant-full-control"),
        ]
        if options.string("acl") != nil,
            let grant = names.first(where: {
                $0.0.hasPrefix("grant_") && options.string($0.0) != nil
            })
        {
            throw options.misconfigured("acl and \(grant.0) exclude each other")
        }
        return names.compactMap { option, header in options.string(option).map { (header, $0) } }
    }

    /// A key that we keep and the server forgets (SSE-C) goes with every request that touches the content.
    private static func encryptionHeaders(
        _ options: RemoteOptions
    ) throws(StorageError) -> [(name: String, value: String)] {
        guard let text = options.string("sse_customer_key") else {
            guard options.string("sse_customer_algorithm") == nil else {
                throw options.misconfigured("sse_customer_algorithm needs sse_customer_key")
            }
            return []
        }
        if options.string("sse_kms_key_id") != nil {
            throw options.misconfigured("sse_kms_key_id and sse_customer_key exclude each other")
        }
        guard let key = Base64.bytes(of: text) else {
            throw options.misconfigured("sse_customer_key is not written in Base64")
        }
        let start = "x-amz-server-side-encryption-customer-"
        return [
            (start + "algorithm", options.string("sse_customer_algorithm") ?? "AES256"),
            (start + "key", text),
            (start + "key-md5", Base64.text(of: Digest(of: key).bytes)),
        ]
    }
}

/// Headers of single requests.
extension S3Options {
    /// With an object that is made.
    var creationHeaders: [(name: String, value: String)] {
        writeHeaders + encryptionHeaders + [("Content-Type", "application/octet-stream")]
    }

    /// With an object that is made of another one, whose key the server needs too.
    var copyHeaders: [(name: String, value: String)] {
        encryptionHeaders.map { name, value in
            ("x-amz-copy-source" + name.dropFirst("x-amz".count), value)
        }
    }
}
