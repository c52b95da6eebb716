import DVReporting
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// What S3 answers when it does not do what it is asked, and what is made of it.
@Suite struct S3RefusalTests {
    private let file = RelativePath.empty.appending("file")

    private func storage(
        _ answer: FaultProxy.Fault,
        _ change: (inout S3Options) -> Void = { _ in }
    ) throws -> (proxy: FaultProxy, storage: S3Storage) {
        let account = try CephGateway.shared.get().account
        let port = account.endpoint.split(separator: ":").last.flatMap { Int($0) } ?? 0
        let proxy = try FaultProxy(before: port, [.init(answer)])
        var options = S3Options(on: account, bucket: try account.makeBucket())
        options.endpoint = proxy.url
        change(&options)
        return (proxy, S3Storage(options))
    }

    private static func error(_ code: String, _ more: String = "") -> String {
        "<Error><Code>\(code)</Code><Message>no</Message>\(more)</Error>"
    }

    @Test(arguments: [(301, "PermanentRedirect"), (400, "AuthorizationHeaderMalformed")])
    func `a bucket in another region is asked there`(status: Int, code: String) throws {
        let body = Self.error(code, "<Region>eu-north-1</Region>")
        let (proxy, storage) = try storage(.answer(status, body: body))
        let connection = try storage.connect()
        try connection.write(BytesContent([1, 2]), to: file)
        try connection.write(BytesContent([1, 2, 3]), to: file)
        #expect(try connection.open(file, from: 0)?.bytes() == [1, 2, 3])
        // Once, and not again for what follows.
        #expect(try proxy.requests.map(\.method) == ["PUT", "PUT", "PUT", "GET"])
    }

    @Test(arguments: [
        (403, "QuotaExceeded", StorageError.Reason.full("QuotaExceeded: no")),
        (400, "EntityTooLarge", .full("EntityTooLarge: no")),
        (400, "ExpiredToken", .denied("ExpiredToken: no")),
        (403, "InvalidAccessKeyId", .denied("InvalidAccessKeyId: no")),
        (404, "NoSuchBucket", .misconfigured("NoSuchBucket: no")),
        (503, "SlowDown", .busy("SlowDown: no", after: nil)),
        (400, "RequestTimeout", .interrupted("RequestTimeout: no")),
    ])
    func `a refusal is told by what it means`(
        status: Int,
        code: String,
        reason: StorageError.Reason
    ) throws {
        let (proxy, storage) = try storage(.answer(status, body: Self.error(code)))
        let error = #expect(throws: StorageError.self) {
            try storage.connect().write(BytesContent([1]), to: file)
        }
        #expect(try proxy.requests.count == 1)
        #expect(error?.reason == reason)
        #expect(error?.address.hasPrefix("s3://bucket-") == true)
    }
}
