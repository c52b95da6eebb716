import DVHashing
import DVObjects
import DVReporting
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// What networks and busy servers do to transfers: what passes is not noticed, and nothing wrong becomes visible.
@Suite struct RemoteFaultTests {
    enum Kind: String, CaseIterable, Sendable { case s3, webDAV }

    /// A remote behind a proxy, and the same one without it.
    private struct Broken {
        let proxy: FaultProxy
        let remote: StorageRemote
        let sound: StorageRemote
        let fixture: RemoteFixture

        init(
            _ kind: Kind,
            attempts: Int = 4,
            stallTimeout: Double = 60,
            _ rules: [FaultProxy.Rule]
        ) throws {
            fixture = try RemoteFixture(.memory)
            let (plain, port) = try Self.storage(kind, stallTimeout)
            proxy = try FaultProxy(before: port, rules)
            var policy = RetryPolicy()
            policy.firstDelay = 0.01
            policy.attempts = attempts
            let broken = try plain("http://127.0.0.1:\(proxy.port)")
            remote = StorageRemote(RetryingStorage(broken, policy: policy), scheme: .md5)
            sound = StorageRemote(try plain("http://127.0.0.1:\(port)"), scheme: .md5)
        }

        private static func storage(
            _ kind: Kind,
            _ stallTimeout: Double
        ) throws -> (make: (_ server: String) throws -> any Storage, port: Int) {
            var http = HTTPOptions()
            http.stallTimeout = stallTimeout
            switch kind {
            case .s3:
                let account = try CephGateway.shared.get().account
                var options = S3Options(on: account, bucket: try account.makeBucket())
                options.http = http
                let port = account.endpoint.split(separator: ":").last.flatMap { Int($0) } ?? 0
                return (
                    { server in
                        var options = options
                        options.endpoint = server
                        return S3Storage(options)
                    }, port
                )
            case .webDAV:
                let server = try WebDAVServer.shared.get()
                http.authentication = .basic(user: server.user, password: server.password)
                let folder = "faults-\(UInt64.random(in: 0...UInt64.max))"
                return ({ [http] in WebDAVStorage("\($0)/dav/\(folder)", http) }, server.port)
            }
        }

        func upload(_ name: ObjectName) throws {
            try remote.makeChannel(to: fixture.cache, progress: Progress("Pushing")).upload(name)
        }

        /// Into an empty cache, which is given back.
        func download(_ name: ObjectName) throws -> ObjectStore {
            let other = fixture.otherCache()
            try remote.makeChannel(to: other, progress: Progress("Fetching")).download(name)
            return other
        }

        /// Puts an object there past the proxy.
        func place(_ content: [UInt8]) throws -> ObjectName {
            let name = try fixture.insert(content)
            try sound.makeChannel(to: fixture.cache, progress: Progress("Pushing")).upload(name)
            return name
        }

        func isThere(_ name: ObjectName) throws -> Bool {
            try sound.missing(among: [name], jobs: 1).isEmpty
        }
    }

    @Test(arguments: Kind.allCases, [500, 502, 503, 429])
    func `an error that passes is not noticed`(kind: Kind, status: Int) throws {
        let content = Sample.longNoise.content
        let broken = try Broken(kind, [.init(.status(status), requests: 1...2)])
        let name = try broken.fixture.insert(content)
        try broken.upload(name)
        #expect(try broken.isThere(name))
        #expect(try broken.download(name).bytes(of: name) == content)
        #expect(try broken.proxy.requests.prefix(2).map(\.fault) == ["status", "status"])
    }

    @Test(
        arguments: Kind.allCases,
        [
            FaultProxy.Fault.reset(after: 700_000), .truncation(after: 700_000),
            .stall(after: 700_000),
        ]
    )
    func `a download goes on where it broke off`(kind: Kind, fault: FaultProxy.Fault) throws {
        let content = Sample.longNoise.content
        let rules = [FaultProxy.Rule(fault, method: "GET")]
        let isStall = fault == .stall(after: 700_000)
        let broken = try Broken(kind, stallTimeout: isStall ? 2 : 60, rules)
        let name = try broken.place(content)
        #expect(try broken.download(name).bytes(of: name) == content)
        let ranges = try broken.proxy.requests.filter { $0.method == "GET" }.map(\.range)
        #expect(ranges.first == "")
        #expect(ranges.dropFirst().allSatisfy { $0.hasPrefix("bytes=") && $0 != "bytes=0-" })
        #expect(ranges.count == 2)
    }

    @Test(arguments: Kind.allCases)
    func `an upload that breaks off is never visible, and is made again`(kind: Kind) throws {
        let content = Sample.longNoise.content
        let rules = [FaultProxy.Rule(.uploadReset(after: 300_000), method: "PUT")]
        let once = try Broken(kind, attempts: 1, rules)
        let name = try once.fixture.insert(content)
        #expect(throws: StorageError.self) { try once.upload(name) }
        #expect(try !once.isThere(name))
        let again = try Broken(kind, rules)
        let other = try again.fixture.insert(content)
        try again.upload(other)
        #expect(try again.isThere(other))
    }

    @Test(arguments: Kind.allCases)
    func `an upload whose answer is lost is done all the same`(kind: Kind) throws {
        let broken = try Broken(kind, [.init(.lostAnswer, requests: 1...2)])
        let name = try broken.fixture.insert(Sample.shortText.content)
        try broken.upload(name)
        #expect(try broken.download(name).bytes(of: name) == Sample.shortText.content)
    }

    @Test(arguments: Kind.allCases)
    func `a wrong byte never reaches the cache`(kind: Kind) throws {
        let broken = try Broken(kind, [.init(.wrongByte(at: 1000), method: "GET")])
        let name = try broken.place(Sample.shortText.content)
        #expect {
            _ = try broken.download(name)
        } throws: { error in
            if case ObjectError.unexpectedContent(name, _, _) = error { true } else { false }
        }
        #expect(try !broken.fixture.otherCache().contains(name))
    }

    @Test(arguments: Kind.allCases)
    func `an error that stays is told`(kind: Kind) throws {
        let broken = try Broken(kind, attempts: 3, [.init(.status(503), requests: 1...1000)])
        let name = try broken.fixture.insert([1])
        let error = #expect(throws: StorageError.self) { try broken.upload(name) }
        guard case .busy? = error?.reason else {
            Issue.record("not told as busy: \(String(describing: error))")
            return
        }
        #expect(try broken.proxy.requests.filter { $0.method == "PUT" }.count == 3)
    }

    @Test(arguments: ["ExpiredToken", "AccessDenied", "SignatureDoesNotMatch"])
    func `what will not pass is not tried again`(code: String) throws {
        let body = "<Error><Code>\(code)</Code><Message>no</Message></Error>"
        let broken = try Broken(.s3, [.init(.answer(403, body: body), requests: 1...1000)])
        let name = try broken.fixture.insert([1])
        let error = #expect(throws: StorageError.self) { try broken.upload(name) }
        #expect(error?.reason == .denied("\(code): no"))
        #expect(try broken.proxy.requests.count == 1)
    }

    @Test func `a clock that is wrong is put right by the server's`() throws {
        let body = "<Error><Code>RequestTimeTooSkewed</Code></Error>"
        let broken = try Broken(.s3, attempts: 1, [.init(.answer(403, body: body))])
        let name = try broken.fixture.insert([1])
        try broken.upload(name)
        #expect(try broken.isThere(name))
    }

    @Test func `parts of a large upload that the server has are not sent again`() throws {
        let rules = [FaultProxy.Rule(.status(400), requests: 3...1000, method: "PUT")]
        let broken = try Broken(.s3, attempts: 1, rules)
        let content = (0..<5).flatMap { _ in Sample.longNoise.content + Sample.oneFrame.content }
        let large = content + content + content
        #expect(large.count > LargeUploads.threshold)
        let name = try broken.fixture.insert(large)
        #expect(throws: StorageError.self) { try broken.upload(name) }
        #expect(try !broken.isThere(name))
        let sent = Progress("Pushing")
        try broken.sound.makeChannel(to: broken.fixture.cache, progress: sent).upload(name)
        #expect(try broken.isThere(name))
        let other = broken.fixture.otherCache()
        try broken.sound.makeChannel(to: other, progress: sent).download(name)
        #expect(try other.contains(name))
    }
}
