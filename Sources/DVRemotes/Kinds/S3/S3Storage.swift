import DVFormats
import DVHashing
import DVSystem

/// Objects in a bucket of Amazon S3 or a service that speaks its protocol.
package struct S3Storage: Storage {
    package let canList = true
    package let parallelism = 16

    private let options: S3Options
    private let largeUploads = LargeUploads()

    package init(_ options: S3Options) { self.options = options }

    package var location: String {
        "s3://" + options.bucket + (options.prefix.isEmpty ? "" : "/" + options.prefix)
    }

    package func connect() throws -> any StorageConnection {
        S3Connection(try S3Client(options), largeUploads)
    }
}

final class S3Connection: StorageConnection {
    let client: S3Client
    private let largeUploads: LargeUploads
    let prefix: [UInt8]

    init(_ client: S3Client, _ largeUploads: LargeUploads) {
        self.client = client
        self.largeUploads = largeUploads
        prefix =
            client.options.prefix.isEmpty ? [] : Array(client.options.prefix.utf8) + [Self.slash]
    }

    static let slash = UInt8(ascii: "/")

    func key(_ path: RelativePath) -> [UInt8] { prefix + path.bytes }

    func status(of file: RelativePath) throws -> StoredFile? {
        try status(of: file, version: nil)
    }

    func status(of file: RelativePath, version: String?) throws -> StoredFile? {
        var request = request("HEAD", file, version)
        request.headers = client.options.encryptionHeaders
        // A version that never was is a bad request to some servers.
        let response = try client.send(request, accepting: version == nil ? [404] : [400, 404])
        guard response.isSuccess else { return nil }
        var status = StoredFile(
            path: file,
            size: response.contentLength,
            modified: response.modified,
            tag: response.tag?.trimmed(of: "\"")
        )
        status.version = Self.version(response.header("x-amz-version-id"))
        return status
    }

    /// Nil for what was stored while the bucket kept no versions: the next one replaces it.
    static func version(_ id: String?) -> String? { id == "null" ? nil : id }

    private func request(
        _ method: String,
        _ file: RelativePath,
        _ version: String?
    ) -> S3Client.Request {
        var request = S3Client.Request(method, key(file))
        if let version { request.query = [("versionId", version)] }
        return request
    }

    func open(_ file: RelativePath, from offset: Int64) throws -> (any IncomingContent)? {
        try open(file, version: nil, from: offset)
    }

    func open(
        _ file: RelativePath,
        version: String?,
        from offset: Int64
    ) throws -> (any IncomingContent)? {
        var request = request("GET", file, version)
        request.headers = client.options.encryptionHeaders
        if offset > 0 { request.headers.append(("Range", "bytes=\(offset)-")) }
        let response = try client.send(request, accepting: version == nil ? [404] : [400, 404])
        guard response.isSuccess else {
            try throwUnlessKeyMissing(response, request)
            return nil
        }
        return HTTPContent(response, from: offset)
    }

    /// A bucket that is not there is a mistake, a key that is not there an answer.
    private func throwUnlessKeyMissing(_ response: HTTPResponse, _ request: S3Client.Request) throws
    {
        let failure = S3Failure(
            response,
            try response.bytes(limit: 64 << 10),
            client.name(of: request)
        )
        if failure.code == "NoSuchBucket" { throw failure.error }
    }

    func write(_ content: any OutgoingContent, to file: RelativePath) throws {
        guard content.size <= LargeUploads.threshold else {
            return try largeUploads.write(content, to: key(file), client)
        }
        var request = S3Client.Request("PUT", key(file))
        request.headers = client.options.creationHeaders
        let hashed = HashedContent(content)
        if let md5 = content.md5 {
            request.headers.append(("Content-MD5", Base64.text(of: md5.bytes)))
        }
        request.body = .content(content.md5 == nil ? hashed : content)
        let response = try client.send(request)
        _ = try response.bytes()
        let sent = content.md5 ?? hashed.digest()
        try StoredTag(response, client.options)?.confirm(sent.hex, at: key(file), client)
    }

    func remove(_ files: [RelativePath]) throws {
        // As many as one request may name.
        for start in stride(from: 0, to: files.count, by: 1000) {
            try removeTogether(files[start..<min(start + 1000, files.count)])
        }
    }

    private func removeTogether(_ files: ArraySlice<RelativePath>) throws {
        let keys = files.map { "<Object><Key>\(Self.escaped(key($0)))</Key></Object>" }.joined()
        let body = Array("<Delete><Quiet>true</Quiet>\(keys)</Delete>".utf8)
        var request = S3Client.Request("POST")
        request.query = [("delete", "")]
        request.headers = [
            ("Content-MD5", Base64.text(of: Digest(of: body).bytes)),
            ("Content-Type", "application/xml"),
        ]
        request.body = .bytes(body)
        let answer = XMLElement.parse(try client.send(request).bytes())
        if let error = answer?.all("Error").first {
            let text = [error["Code"]?.text, error["Message"]?.text].compactMap(\.self)
            throw StorageError(
                .refused(text.joined(separator: ": ")),
                at: "s3://\(client.options.bucket)/\(error["Key"]?.text ?? "")"
            )
        }
    }

    func move(_ file: RelativePath, to target: RelativePath) throws {
        var request = S3Client.Request("PUT", key(target))
        let source = PercentEncoding.encode(key(file), keepsSlashes: true)
        request.headers = client.options.creationHeaders + client.options.copyHeaders
        request.headers.append(("x-amz-copy-source", "/\(client.options.bucket)/\(source)"))
        _ = try client.send(request).bytes()
        try remove([file])
    }

    private static func escaped(_ key: [UInt8]) -> String {
        String(decoding: key, as: UTF8.self).reduce(into: "") { text, character in
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\r": text += "&#13;"
            default: text.append(character)
            }
        }
    }
}
