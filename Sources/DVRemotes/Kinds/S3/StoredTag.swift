import DVHashing

/// What the answer to an upload says of the content that the server has stored.
///
/// The entity tag of a content is its MD5, and of one in parts the MD5 of the MD5s of its parts and their number, unless the
/// server encrypts with a customer's key or one of its key service (Amazon's reference of `Object`; Ceph does likewise).
struct StoredTag {
    /// Without its quotes.
    let text: String
    /// Which version it made; nil where the bucket keeps none.
    let version: String?

    /// Nil where the tag is no MD5, so that it says nothing.
    ///
    /// `tag` is what the answer itself calls the content, where its header does not.
    init?(_ response: HTTPResponse, _ options: S3Options, tag: String? = nil) {
        guard options.hasDigestsForTags,
            response.header("x-amz-server-side-encryption-customer-algorithm") == nil,
            response.header("x-amz-server-side-encryption")?.hasPrefix("aws:kms") != true,
            let text = (tag ?? response.header("etag"))?.trimmed(of: "\"").lowercased(),
            Self.digest(in: text) != nil
        else { return nil }
        self.text = text
        version = response.header("x-amz-version-id")
    }

    /// What the server says of it when it is asked.
    init?(at key: [UInt8], version: String?, _ client: S3Client) throws {
        guard client.options.hasDigestsForTags else { return nil }
        var request = S3Client.Request("HEAD", key)
        if let version { request.query = [("versionId", version)] }
        self.init(try client.send(request), client.options)
    }

    /// Of a content in parts.
    static func text(of parts: [Digest]) -> String {
        "\(Digest(of: parts.flatMap(\.bytes)).hex)-\(parts.count)"
    }

    private static func digest(in text: String) -> Digest? {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, Int(parts[1]) == nil { return nil }
        return Digest(hex: parts[0])
    }

    /// Whether the server has another content; a tag of parts for what was sent whole, as servers that compress give, says nothing.
    func contradicts(_ expected: String) -> Bool {
        text != expected && text.contains("-") == expected.contains("-")
    }

    /// Throws if the server has something else than `expected`, which then is no longer there.
    func confirm(_ expected: String, at key: [UInt8], _ client: S3Client) throws {
        guard contradicts(expected) else { return }
        try withdraw(from: key, client)
        throw error(instead: expected, client.name(of: S3Client.Request("PUT", key)))
    }

    /// One that passes: what is sent again may arrive as it is.
    func error(instead expected: String, _ address: String) -> StorageError {
        StorageError(
            .interrupted("what the server has stored has the tag \(text) instead of \(expected)"),
            at: address
        )
    }

    /// Removes what was stored, so that nobody takes it for the object; what somebody else has stored meanwhile stays.
    func withdraw(from key: [UInt8], _ client: S3Client) throws {
        var request = S3Client.Request("DELETE", key)
        if let version {
            request.query = [("versionId", version)]
        } else {
            let now = try client.send(S3Client.Request("HEAD", key), accepting: [404])
            guard now.tag?.trimmed(of: "\"").lowercased() == text else { return }
        }
        _ = try client.send(request, accepting: [404]).bytes()
    }
}

extension S3Options {
    /// Whether the server's tags are MD5s, as far as it is for us to say.
    fileprivate var hasDigestsForTags: Bool {
        let isKeyService = writeHeaders.contains {
            $0.name == "x-amz-server-side-encryption" && $0.value.hasPrefix("aws:kms")
        }
        // Buckets for one zone, which have this ending, have random tags.
        return encryptionHeaders.isEmpty && !isKeyService && !bucket.hasSuffix("--x-s3")
    }
}

/// A content that is hashed as it is sent, because nobody knows its MD5 yet.
final class HashedContent: OutgoingContent {
    private let content: any OutgoingContent
    private var hasher = StreamingHasher()

    init(_ content: any OutgoingContent) { self.content = content }

    var size: Int64 { content.size }
    var md5: Digest? { nil }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try content.read(into: buffer)
        hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        return count
    }

    func rewind() throws {
        hasher = StreamingHasher()
        try content.rewind()
    }

    /// Of all that was read since the start.
    func digest() -> Digest {
        var finished = StreamingHasher()
        swap(&finished, &hasher)
        return finished.finish()
    }
}
