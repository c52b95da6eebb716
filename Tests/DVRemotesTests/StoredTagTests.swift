import DVHashing
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// What S3 says that it has stored is compared with what was sent, on Ceph's gateway.
@Suite struct StoredTagTests {
    private let account: S3Account
    private let port: Int
    private let file = RelativePath.empty.appending("folder/file")
    private static let large = [UInt8](repeating: 7, count: Int(LargeUploads.threshold) + 5)

    init() throws {
        account = try CephGateway.shared.get().account
        port = try #require(account.endpoint.split(separator: ":").last.flatMap { Int($0) })
    }

    private enum Path {
        case direct
        case through(FaultProxy)
    }

    /// A storage whose attempts follow each other at once.
    private func storage(_ bucket: String, _ path: Path, attempts: Int = 3) -> any Storage {
        var options = S3Options(on: account, bucket: bucket)
        if case .through(let proxy) = path { options.endpoint = proxy.url }
        var policy = RetryPolicy()
        (policy.firstDelay, policy.attempts) = (0.01, attempts)
        return RetryingStorage(S3Storage(options), policy: policy)
    }

    private func proxy(_ rules: FaultProxy.Rule...) throws -> FaultProxy {
        try FaultProxy(before: port, rules)
    }

    /// The same content, whose MD5 is not known before it is sent.
    private final class Unknown: OutgoingContent {
        private let content: BytesContent
        init(_ bytes: [UInt8]) { content = BytesContent(bytes) }
        var size: Int64 { content.size }
        var md5: Digest? { nil }
        func read(into buffer: UnsafeMutableRawBufferPointer) -> Int { content.read(into: buffer) }
        func rewind() { content.rewind() }
    }

    @Test(arguments: [true, false], [true, false])
    func `an upload that arrived as something else is made again`(
        isKnown: Bool,
        isVersioned: Bool
    ) throws {
        let bucket = try account.makeBucket(versioned: isVersioned)
        let proxy = try proxy(.init(.otherTag, method: "PUT"))
        let connection = try storage(bucket, .through(proxy)).connect()
        try connection.write(isKnown ? BytesContent([1, 2]) : Unknown([1, 2]), to: file)
        let requests = try proxy.requests
        #expect(requests.filter { $0.method == "PUT" }.map(\.fault) == ["tag", ""])
        #expect(requests.contains { $0.method == "DELETE" } == isVersioned)
        #expect(try storage(bucket, .direct).connect().open(file, from: 0)?.bytes() == [1, 2])
    }

    @Test func `a tag of another form says nothing of what was stored`() throws {
        let bucket = try account.makeBucket()
        let proxy = try proxy(.init(.tagOfParts, requests: 1...100, method: "PUT"))
        let connection = try storage(bucket, .through(proxy)).connect()
        try connection.write(BytesContent([1, 2]), to: file)
        #expect(try proxy.requests.map(\.method) == ["PUT"])
        #expect(try storage(bucket, .direct).connect().open(file, from: 0)?.bytes() == [1, 2])
    }

    @Test func `an upload that never arrives as it was is an error, and no version of it stays`()
        throws
    {
        let bucket = try account.makeBucket(versioned: true)
        let proxy = try proxy(.init(.otherTag, requests: 1...100, method: "PUT"))
        let connection = try storage(bucket, .through(proxy)).connect()
        let error = #expect(throws: StorageError.self) {
            try connection.write(BytesContent([1, 2]), to: file)
        }
        guard case .interrupted(let text)? = error?.reason else {
            Issue.record("not told as what may pass: \(String(describing: error))")
            return
        }
        #expect(text.contains("instead of \(Digest(of: [1, 2]).hex)"))
        #expect(error?.address == "s3://\(bucket)/folder/file")
        #expect(try proxy.requests.filter { $0.method == "PUT" }.count == 3)
        #expect(try storage(bucket, .direct).connect().status(of: file) == nil)
    }

    /// Where a bucket keeps no versions, what is there may be somebody else's: it goes only if it is what our answer named.
    @Test func `without versions only what was stored wrongly is removed`() throws {
        let bucket = try account.makeBucket()
        let proxy = try proxy(
            .init(.otherTag, requests: 1...100, method: "PUT"),
            .init(.otherTag, requests: 1...1, method: "HEAD")
        )
        let connection = try storage(bucket, .through(proxy), attempts: 1).connect()
        #expect(throws: StorageError.self) {
            try connection.write(BytesContent([1, 2]), to: file)
        }
        #expect(try storage(bucket, .direct).connect().status(of: file) == nil)
        #expect(throws: StorageError.self) {
            try connection.write(BytesContent([1, 2]), to: file)
        }
        #expect(try storage(bucket, .direct).connect().open(file, from: 0)?.bytes() == [1, 2])
    }

    @Test func `a part that arrived as something else is sent again`() throws {
        let bucket = try account.makeBucket()
        let proxy = try proxy(.init(.otherTag, requests: 2...2, method: "PUT", path: "partNumber"))
        let connection = try storage(bucket, .through(proxy)).connect()
        try connection.write(BytesContent(Self.large), to: file)
        #expect(try proxy.requests.filter { $0.path.contains("partNumber") }.count == 6)
        #expect(try proxy.requests.filter { $0.fault == "tag" }.count == 1)
        #expect(try storage(bucket, .direct).connect().status(of: file)?.size == 33_554_437)
    }

    @Test func `parts that were put together wrongly are sent again`() throws {
        let bucket = try account.makeBucket()
        let proxy = try proxy(
            .init(.otherTag, method: "POST", path: "uploadId"),
            // What is read back to tell whether the tag or the content is wrong.
            .init(.wrongByte(at: 30_000_000), method: "GET", path: "folder/file"),
            // Ceph is asked for the tag, as its answer has none.
            .init(.otherTag, requests: 1...2, method: "HEAD")
        )
        let connection = try storage(bucket, .through(proxy)).connect()
        try connection.write(BytesContent(Self.large), to: file)
        let requests = try proxy.requests
        #expect(requests.filter { $0.path.contains("partNumber") }.count == 10)
        #expect(requests.filter { $0.method == "DELETE" }.count == 1)
        let stored = try storage(bucket, .direct).connect().open(file, from: 0)
        #expect(try stored?.bytes() == Self.large)
    }

    @Test func `a server that makes tags of parts in its own way is asked once for the content`()
        throws
    {
        let bucket = try account.makeBucket()
        let proxy = try proxy(
            .init(.otherTag, requests: 1...100, method: "POST", path: "uploadId"),
            .init(.otherTag, requests: 1...100, method: "HEAD")
        )
        let connection = try storage(bucket, .through(proxy)).connect()
        for _ in 0..<2 { try connection.write(BytesContent(Self.large), to: file) }
        let requests = try proxy.requests
        #expect(requests.filter { $0.path.contains("partNumber") }.count == 10)
        #expect(
            requests.filter { $0.method == "GET" && $0.path.hasSuffix("folder/file") }.count == 1
        )
        #expect(try storage(bucket, .direct).connect().status(of: file)?.size == 33_554_437)
    }
}
