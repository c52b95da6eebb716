import DVSystem
import Glibc

/// A server on a free port of this machine that ends with the value: `Tests/Fixtures/loopback.py`.
package final class LoopbackServer: @unchecked Sendable {
    // Sendable because the stream is only closed, once, at the end.
    private let lifeline: UnsafeMutablePointer<FILE>
    private let directory: TemporaryDirectory
    package let port: Int

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

    private init(_ arguments: [String]) throws {
        directory = try TemporaryDirectory()
        let portFile = directory.appending("port")
        let script = AbsolutePath(#filePath).map {
            $0.parent.parent.appending("Fixtures/loopback.py").string
        }
        let words = ["/usr/bin/python3", script ?? "", portFile.string] + arguments
        let line = words.map { "'\($0)'" }.joined(separator: " ")
        // The server ends when its standard input does, also if this process is killed.
        guard let stream = popen("exec \(line) 2>\(directory.path)/log", "we") else {
            throw SystemError.last("start", "loopback.py")
        }
        lifeline = stream
        port = try Self.port(in: portFile)
    }

    deinit { pclose(lifeline) }

    private static func port(in file: AbsolutePath) throws -> Int {
        for _ in 0..<2_000 {
            if let bytes = try file.readBytesIfPresent(),
                let port = Int(String(decoding: bytes, as: UTF8.self))
            {
                return port
            }
            usleep(5_000)
        }
        throw SystemError("wait for", file.string, code: .timedOut)
    }
}
