import DVSystem
import DVTestSupport
import Testing

/// Faults happen where a test wants them, and nowhere else.
@Suite struct FaultProxyTests {
    private let curl: Curl
    private let server: PlainHTTPServer

    init() throws {
        curl = try Curl()
        server = try PlainHTTPServer(serving: curl.file.parent)
    }

    private func proxy(_ rules: FaultProxy.Rule...) throws -> FaultProxy {
        try FaultProxy(before: server.port, rules)
    }

    @Test func `without a fault nothing changes, and requests are noted`() throws {
        let proxy = try proxy()
        let answer = try curl(proxy.url + "/content", "--range", "1-2")
        #expect(answer.body == curl.content)
        #expect(try curl(proxy.url + "/none").status == 404)
        #expect(try curl(proxy.url + "/content", "--head").status == 200)
        let requests = try proxy.requests
        #expect(requests.map(\.method) == ["GET", "GET", "HEAD"])
        #expect(requests.map(\.path) == ["/content", "/none", "/content"])
        #expect(requests[0].range == "bytes=1-2")
    }

    @Test func `an error comes for the requests that it is meant for`() throws {
        let proxy = try proxy(
            .init(.status(503, retryAfter: 7), requests: 2...3, path: "content"),
            .init(.status(429), method: "HEAD")
        )
        let statuses = try (0..<4).map { _ in try curl(proxy.url + "/content").status }
        #expect(statuses == [200, 503, 503, 200])
        #expect(try curl(proxy.url + "/none").status == 404)
        #expect(try curl(proxy.url + "/none", "--head").status == 429)
        #expect(try proxy.requests.map(\.fault) == ["", "status", "status", "", "", "status"])
    }

    @Test func `an answer may be made up`() throws {
        let body = "<Error><Code>ExpiredToken</Code>it's over</Error>"
        let proxy = try proxy(.init(.answer(400, body: body)))
        let answer = try curl(proxy.url + "/content")
        #expect(answer.status == 400)
        #expect(answer.text == body)
        #expect(try curl(proxy.url + "/content").body == curl.content)
    }

    /// A fault, curl's exit code, and how much arrives.
    @Test(arguments: [
        (FaultProxy.Fault.reset(after: 1000), Int32(56), Int?(1000)),
        (.truncation(after: 70_000), 18, 70_000),
        (.stall(after: 70_000), 28, 70_000),
        (.slow(bytesPerSecond: 1000), 28, nil),
        (.silence, 28, 0),
        (.lostAnswer, 56, 0),
    ])
    func `an answer breaks off as it is told to`(
        fault: FaultProxy.Fault,
        exit: Int32,
        count: Int?
    ) throws {
        let proxy = try proxy(.init(fault))
        let patience = ["--max-time", exit == 28 ? "1" : "20"]
        let broken = try curl(proxy.url + "/content", patience)
        #expect(broken.exit == exit)
        #expect(broken.body.elementsEqual(curl.content.prefix(count ?? broken.body.count)))
        #expect(broken.body.count < curl.content.count)
        #expect(try curl(proxy.url + "/content").body == curl.content)
    }

    @Test func `one byte of an answer may be wrong`() throws {
        let proxy = try proxy(.init(.wrongByte(at: 70_000)))
        let body = try curl(proxy.url + "/content").body
        #expect(body.count == curl.content.count)
        #expect(body.indices.filter { body[$0] != curl.content[$0] } == [70_000])
    }

    @Test func `an upload passes signed, is cut off, or is done without an answer`() throws {
        let account = try RcloneServer.shared.get().account
        let bucket = try account.makeBucket()
        let port = try #require(account.endpoint.split(separator: ":").last.flatMap { Int($0) })
        let proxy = try FaultProxy(
            before: port,
            [
                .init(.uploadReset(after: 1000), method: "PUT", path: "cut"),
                .init(.lostAnswer, method: "PUT", path: "lost"),
            ]
        )
        let put =
            account.signing(payload: "UNSIGNED-PAYLOAD") + ["--upload-file", curl.file.string]
        func status(of name: String) throws -> Int {
            try curl(account, "/\(bucket)/\(name)").status
        }
        #expect(try curl("\(proxy.url)/\(bucket)/good", put).status == 200)
        #expect(try status(of: "good") == 200)
        #expect(try curl("\(proxy.url)/\(bucket)/cut", put).exit != 0)
        #expect(try status(of: "cut") == 404)
        #expect(try curl("\(proxy.url)/\(bucket)/lost", put).exit != 0)
        #expect(try status(of: "lost") == 200)
    }

    @Test func `connections of any kind can be reset`() throws {
        let server = try SSHServer()
        let file = server.root.appending("file")
        try file.replaceContents(with: curl.content)
        let proxy = try FaultProxy.ofConnections(
            before: server.port,
            [.init(.reset(after: 20_000), requests: 2...2)]
        )
        let key = ["--user", "\(server.user):", "--key", server.key.string]
        let url = "sftp://127.0.0.1:\(proxy.port)\(file)"
        let options = key + ["--hostpubsha256", try server.fingerprint]
        #expect(try curl(url, options).body == curl.content)
        let broken = try curl(url, options)
        #expect(broken.exit != 0)
        #expect(broken.body.count < curl.content.count)
        #expect(try curl(url, options).body == curl.content)
    }
}
