import DVFormats
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// Options that a real server has to agree with.
@Suite struct S3EncryptionTests {
    private let account: S3Account
    private let bucket: String

    init() throws {
        account = try CephGateway.shared.get().account
        bucket = try account.makeBucket()
    }

    private func connection(_ settings: [String: String]) throws -> any StorageConnection {
        let base = [
            "endpointurl": account.endpoint, "region": account.region,
            "access_key_id": account.accessKey, "secret_access_key": account.secretKey,
        ]
        let options = try ConfigLevels(sources: []).remoteOptions(
            url: "s3://\(bucket)/x",
            adding: base.merging(settings) { $1 }.map {
                StorageOption(name: $0.key, value: $0.value)
            },
            home: nil
        )
        return try S3Storage(S3Options(options, environment: [:])).connect()
    }

    @Test func `what a customer's key encrypts is read with that key only`() throws {
        let key = Base64.text(of: Array("0123456789abcdef0123456789abcdef".utf8))
        let connection = try connection(["sse_customer_key": key])
        let small = RelativePath.empty.appending("small")
        let large = RelativePath.empty.appending("large")
        let content = [UInt8](repeating: 7, count: Int(LargeUploads.threshold) + 5)
        try connection.write(BytesContent([1, 2, 3]), to: small)
        try connection.write(BytesContent(content), to: large)
        #expect(try connection.status(of: small)?.size == 3)
        #expect(try connection.open(small, from: 1)?.bytes() == [2, 3])
        #expect(try connection.open(large, from: 0)?.bytes() == content)
        let other = try self.connection([:])
        #expect(throws: StorageError.self) { try other.open(small, from: 0) }
        let wrong = Base64.text(of: Array("ffffffffffffffffffffffffffffffff".utf8))
        let stranger = try self.connection(["sse_customer_key": wrong])
        #expect(throws: StorageError.self) { try stranger.open(small, from: 0) }
    }

    @Test func `what everybody may read is read without credentials`() throws {
        let open = try connection(["acl": "public-read"])
        let closed = try connection([:])
        let anonymous = try connection(["allow_anonymous_login": "true"])
        let (shared, own) = (RelativePath.empty.appending("a"), RelativePath.empty.appending("b"))
        try open.write(BytesContent([1]), to: shared)
        try closed.write(BytesContent([2]), to: own)
        #expect(try anonymous.open(shared, from: 0)?.bytes() == [1])
        #expect(throws: StorageError.self) { try anonymous.open(own, from: 0) }
    }
}
