import DVFormats
import DVHashing
import DVObjects
import DVSystem
import Synchronization

/// Uploads in parts: each is checked by the server, and what the server has of an upload that broke off is not sent again.
///
/// Nothing is remembered here: the server lists its unfinished uploads and their parts, and the MD5 of each part tells
/// whether it is what we would send.
final class LargeUploads: Sendable {
    /// Objects up to this size are sent in one request.
    static let threshold: Int64 = 32 << 20
    private static let smallestPart: Int64 = 8 << 20
    /// As many parts as the protocol allows.
    private static let mostParts: Int64 = 10_000
    private static let connections = 4

    /// One object at a time is sent over several connections, so that memory stays bounded.
    private let isWide = Mutex(false)
    /// Whether the server was found to make the tags of contents in parts in a way of its own.
    private let hasOwnTags = Mutex(false)

    struct Part: Sendable {
        let number: Int
        /// As the server calls its content: the MD5, unless it encrypts.
        let tag: String
        let md5: Digest
    }

    func write(_ content: any OutgoingContent, to key: [UInt8], _ client: S3Client) throws {
        let (id, present) = try resume(key, client) ?? (begin(key, client), [:])
        let parts = try send(content, to: key, id, present, client)
        guard let tag = try finish(parts, key, id, client), !hasOwnTags.withLock(\.self) else {
            return
        }
        let expected = StoredTag.text(of: parts.map(\.md5))
        guard tag.contradicts(expected) else { return }
        // Amazon describes no rule for these tags, so that only the content tells.
        guard try Self.isStored(parts, Self.partSize(content.size), tag.version, at: key, client)
        else { return try tag.confirm(expected, at: key, client) }
        hasOwnTags.withLock { $0 = true }
    }

    /// Reads what the server has made of the parts.
    private static func isStored(
        _ parts: [Part],
        _ partSize: Int64,
        _ version: String?,
        at key: [UInt8],
        _ client: S3Client
    ) throws -> Bool {
        var request = S3Client.Request("GET", key)
        if let version { request.query = [("versionId", version)] }
        let content = HTTPContent(try client.send(request), from: 0)
        var buffer = [UInt8](repeating: 0, count: Int(partSize))
        for part in parts {
            let isSame = try buffer.withUnsafeMutableBytes { buffer in
                let count = try ObjectStore.fill(buffer) { try content.read(into: $0) }
                return Digest(of: UnsafeRawBufferPointer(rebasing: buffer[..<count])) == part.md5
            }
            guard isSame else { return false }
        }
        return try buffer.withUnsafeMutableBytes { try content.read(into: $0) } == 0
    }

    private func send(
        _ content: any OutgoingContent,
        to key: [UInt8],
        _ id: String,
        _ present: [Int: String],
        _ client: S3Client
    ) throws -> [Part] {
        let source = PartSource(content, partSize: Self.partSize(content.size))
        try source.rewind()
        let isAlone = isWide.withLock { isWide in
            defer { isWide = true }
            return !isWide
        }
        defer { if isAlone { isWide.withLock { $0 = false } } }
        let options = client.options
        let parts = try WorkerPool(jobs: isAlone ? Self.connections : 1).map(
            count: source.count,
            batchSize: 1,
            worker: { try S3Client(options) },
            body: { connection, _ in
                let (number, bytes) = try source.next()
                let md5 = Digest(of: bytes)
                if present[number] == md5.hex {
                    return Part(number: number, tag: md5.hex, md5: md5)
                }
                return try Self.send(bytes, md5, part: number, to: key, id, connection)
            }
        )
        return parts.sorted { $0.number < $1.number }
    }

    private static func partSize(_ size: Int64) -> Int64 {
        max(smallestPart, (size + mostParts - 1) / mostParts)
    }

    private static func send(
        _ bytes: [UInt8],
        _ md5: Digest,
        part number: Int,
        to key: [UInt8],
        _ id: String,
        _ client: S3Client
    ) throws -> Part {
        try RetryPolicy().run { _ in
            var request = S3Client.Request("PUT", key)
            request.query = [("partNumber", String(number)), ("uploadId", id)]
            request.headers = client.options.encryptionHeaders
            request.headers += [
                ("Content-MD5", Base64.text(of: md5.bytes)),
                ("Content-Type", "application/octet-stream"),
            ]
            // A content is not hashed again for its signature.
            request.body = .content(BytesContent(bytes, md5: md5))
            let response = try client.send(request)
            _ = try response.bytes()
            if let tag = StoredTag(response, client.options), tag.contradicts(md5.hex) {
                throw tag.error(instead: md5.hex, client.name(of: request))
            }
            let tag = response.tag?.trimmed(of: "\"") ?? md5.hex
            return Part(number: number, tag: tag, md5: md5)
        }
    }

    private func begin(_ key: [UInt8], _ client: S3Client) throws -> String {
        var request = S3Client.Request("POST", key)
        request.query = [("uploads", "")]
        request.headers = client.options.creationHeaders
        let answer = XMLElement.parse(try client.send(request).bytes())
        guard let id = answer?["UploadId"]?.text else {
            throw StorageError(
                .refused("the server gives no upload id"),
                at: client.name(of: request)
            )
        }
        return id
    }

    /// Gives back what the server calls the content, if that says something.
    private func finish(
        _ parts: [Part],
        _ key: [UInt8],
        _ id: String,
        _ client: S3Client
    ) throws -> StoredTag? {
        let list = parts.map {
            "<Part><PartNumber>\($0.number)</PartNumber><ETag>\"\($0.tag)\"</ETag></Part>"
        }
        var request = S3Client.Request("POST", key)
        request.query = [("uploadId", id)]
        request.headers = [("Content-Type", "application/xml")]
        request.body = .bytes(
            Array("<CompleteMultipartUpload>\(list.joined())</CompleteMultipartUpload>".utf8)
        )
        let response = try client.send(request)
        // A server may say 200 before it knows, and tell of a failure in the body.
        let body = try response.bytes()
        let answer = XMLElement.parse(body)
        guard answer?.name == "CompleteMultipartUploadResult" else {
            throw S3Failure(response, body, client.name(of: request)).error
        }
        if let tag = answer?["ETag"]?.text, !tag.isEmpty {
            return StoredTag(response, client.options, tag: tag)
        }
        // Some versions of Ceph leave it empty here.
        return try StoredTag(
            at: key,
            version: response.header("x-amz-version-id"),
            client
        )
    }
}

/// The parts of a content, read in order by whichever thread is free.
private final class PartSource: @unchecked Sendable {
    // Sendable because the content is touched under the lock only.

    let count: Int
    private let content: any OutgoingContent
    private let partSize: Int64
    private let nextNumber = Mutex(1)

    init(_ content: any OutgoingContent, partSize: Int64) {
        self.content = content
        self.partSize = partSize
        count = Int((content.size + partSize - 1) / partSize)
    }

    func rewind() throws { try content.rewind() }

    /// The number of the part, from 1, and its bytes.
    ///
    /// A content that finds itself damaged throws before the last part is complete, so that nothing becomes visible.
    func next() throws -> (number: Int, bytes: [UInt8]) {
        try nextNumber.withLock { number in
            let start = Int64(number - 1) * partSize
            let size = Int(min(partSize, content.size - start))
            let bytes = try [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
                while filled < size {
                    let rest = UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<size]
                    )
                    let count = try content.read(into: rest)
                    if count == 0 { break }
                    filled += count
                }
            }
            defer { number += 1 }
            return (number, bytes)
        }
    }
}
