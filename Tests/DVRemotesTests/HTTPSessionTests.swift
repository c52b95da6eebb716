import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// Requests over one connection, and who may still read what.
@Suite struct HTTPSessionTests {
    private let server: WebDAVServer
    private let name = "session-\(UInt64.random(in: 0...UInt64.max))"

    init() throws {
        server = try WebDAVServer.shared.get()
        // Much more than libcurl and the buffers of the sockets hold.
        let content = (0..<1_000_000).flatMap { withUnsafeBytes(of: UInt64($0), Array.init) }
        try server.root.appending(name).replaceContents(with: content)
    }

    private var request: HTTPRequest { HTTPRequest("GET", "\(server.readOnlyURL)/\(name)") }

    private func makeSession(_ options: HTTPOptions = HTTPOptions()) throws -> HTTPSession {
        try HTTPSession(options, for: server.readOnlyURL)
    }

    @Test func `an answer is read to its end when its session is gone`() throws {
        let response = try makeSession().send(request)
        #expect(response.isSuccess)
        #expect(try response.bytes() == server.root.appending(name).readBytes())
    }

    @Test func `an answer that was left gives nothing of the next one`() throws {
        let session = try makeSession()
        let left = try session.send(request)
        let next = try session.send(request)
        #expect(throws: StorageError.self) { try left.bytes() }
        #expect(try next.bytes().count == 8_000_000)
    }

    @Test func `a token that is refused is made anew, once for all connections`() throws {
        let tokens = TokenSource(["expired", server.token])
        var options = HTTPOptions()
        options.authentication = .bearer(try BearerToken { try tokens.next() })
        let sessions = try (0..<3).map { _ in try makeSession(options) }
        var request = HTTPRequest("PUT", "\(server.tokenURL)/\(name)-made")
        request.body = .content(BytesContent([1, 2, 3]))
        for session in sessions { #expect(try session.send(request).isSuccess) }
        #expect(try server.root.appending("\(name)-made").readBytes() == [1, 2, 3])
        #expect(tokens.left.isEmpty)
    }

    @Test func `a token that stays refused is told as that`() throws {
        let tokens = TokenSource(["one", "two"])
        var options = HTTPOptions()
        options.authentication = .bearer(try BearerToken { try tokens.next() })
        let request = HTTPRequest("GET", "\(server.tokenURL)/\(name)")
        #expect(try makeSession(options).send(request).status == 401)
        options.authentication = .bearer(BearerToken("fixed"))
        #expect(try makeSession(options).send(request).status == 401)
    }

    @Test func `a server that does not answer is given up after the time of the settings`() throws {
        var options = HTTPOptions()
        options.stallTimeout = 1
        let request = HTTPRequest("GET", try LoginServer.shared.get().url("slow"))
        let error = #expect(throws: StorageError.self) { try makeSession(options).send(request) }
        #expect(error?.isTransient == true)
    }
}
