import DVSystem

/// A server of files that knows no ranges, no listings in a fixed form and no writing.
package final class PlainHTTPServer: Sendable {
    private let server: LoopbackServer

    package init(serving folder: AbsolutePath) throws {
        server = try LoopbackServer(["files", folder.string])
    }

    package var port: Int { server.port }

    package var url: String { "http://127.0.0.1:\(port)" }

    package func stop() { server.stop() }
}
