import DVSystem
import Glibc

/// A server on a free port of this machine that ends with the value, with all that it started: `Tests/Fixtures/loopback.py`.
///
/// It also ends with the process, however that ends.
package final class LoopbackServer: Sendable {
    package let port: Int
    private let lifeline: Lifeline
    private let directory: TemporaryDirectory

    /// Repositories in `folder` over Git's own protocol.
    package static func git(serving folder: AbsolutePath) throws -> LoopbackServer {
        try LoopbackServer([
            "spawn", "git", "daemon", "--inetd", "--export-all", "--base-path=\(folder)",
        ])
    }

    /// Repositories in `folder` over HTTP; `login` is `user:password`, `certificate` a file with a key for TLS.
    package static func http(
        serving folder: AbsolutePath,
        login: String? = nil,
        certificate: AbsolutePath? = nil
    ) throws -> LoopbackServer {
        try LoopbackServer(
            ["http", folder.string] + (login.map { ["--login", $0] } ?? [])
                + (certificate.map { ["--certificate", $0.string] } ?? [])
        )
    }

    /// Each connection is given to a program of its own.
    package static func spawning(_ program: [String]) throws -> LoopbackServer {
        try LoopbackServer(["spawn"] + program)
    }

    /// A program that takes connections itself, on the port that `program` is given; again on another one if that fails.
    package static func running(
        _ program: (_ port: Int) throws -> [String]
    ) throws -> LoopbackServer {
        for _ in 0..<2 {
            do {
                return try run(program)
            } catch is FailedServer {
                continue
            }
        }
        return try run(program)
    }

    private static func run(_ program: (_ port: Int) throws -> [String]) throws -> LoopbackServer {
        let port = try FreePort.next()
        return try LoopbackServer(["run", String(port)] + program(port))
    }

    /// A program that has no port to wait for.
    package static func background(_ program: [String]) throws -> LoopbackServer {
        try LoopbackServer(["run", "0"] + program)
    }

    /// `arguments` are those of `script` after the file for the port.
    init(_ arguments: [String], script: String = "loopback.py") throws {
        directory = try TemporaryDirectory()
        let portFile = directory.appending("port")
        let fixtures = AbsolutePath(#filePath)?.parent.parent.parent.appending("Fixtures")
        let words =
            ["/usr/bin/python3", fixtures?.appending(script).string ?? "", portFile.string]
            + arguments
        let log = directory.appending("log")
        lifeline = try Lifeline(words, log: log)
        port = try Self.port(in: portFile, log: log)
    }

    /// Ends the server now, in the middle of whatever it does.
    package func stop() { lifeline.end() }

    private static func port(in file: AbsolutePath, log: AbsolutePath) throws -> Int {
        for _ in 0..<12_000 {
            if let bytes = try file.readBytesIfPresent() {
                let text = String(decoding: bytes, as: UTF8.self)
                if let port = Int(text) { return port }
                let written = try log.readBytesIfPresent() ?? []
                throw FailedServer(log: String(decoding: written, as: UTF8.self))
            }
            usleep(5_000)
        }
        throw SystemError("wait for", file.string, code: .timedOut)
    }
}

/// A server that ended before it took connections.
package struct FailedServer: Error, CustomStringConvertible {
    package let log: String

    package var description: String { "the server ended at once: \(log)" }
}
