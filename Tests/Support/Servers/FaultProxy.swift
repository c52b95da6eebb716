import DVSystem

/// Stands before a server and does what networks and busy servers do: `Tests/Fixtures/faults.py`.
///
/// Without a rule that applies, requests and answers pass unchanged, `Host` included, so that signatures stay valid.
package final class FaultProxy: Sendable {
    package enum Fault: Hashable, Sendable {
        /// An error without asking the server; `Retry-After` in seconds.
        case status(Int, retryAfter: Int? = nil)
        /// This answer without asking the server, such as one of S3's errors.
        case answer(Int, body: String)
        /// No answer at all, and the connection stays.
        case silence
        /// The server does what it is asked, and nobody learns of it.
        case lostAnswer
        /// A reset after so many bytes of the request's body.
        case uploadReset(after: Int)
        /// A reset after so many bytes of the answer's body.
        case reset(after: Int)
        /// The answer ends in good order after so many bytes.
        case truncation(after: Int)
        /// Another byte at this place of the answer.
        case wrongByte(at: Int)
        /// Nothing follows after so many bytes of the answer, and the connection stays.
        case stall(after: Int)
        case slow(bytesPerSecond: Int)
        /// The answer's entity tags are those of another content, in its header and in a body of S3's.
        case otherTag
        /// They have the form of tags of contents in parts, as servers give that compress or encrypt.
        case tagOfParts
    }

    /// A fault for some of the requests, or connections.
    package struct Rule: Hashable, Sendable {
        let requests: ClosedRange<Int>
        let method: String
        let path: String
        let fault: Fault

        /// `requests` counts, from 1, those of `method` whose path contains `path`; empty is any.
        package init(
            _ fault: Fault,
            requests: ClosedRange<Int> = 1...1,
            method: String = "",
            path: String = ""
        ) {
            self.requests = requests
            self.method = method
            self.path = path
            self.fault = fault
        }
    }

    /// A request that arrived.
    package struct Request: Hashable, Sendable {
        package let method: String
        package let path: String
        /// As in the header `Range`.
        package let range: String
        /// The fault it met, by the word of `faults.py`.
        package let fault: String
    }

    private let server: LoopbackServer
    private let folder: TemporaryDirectory

    /// Before an HTTP server on a port of this machine.
    package convenience init(before port: Int, _ rules: [Rule]) throws {
        try self.init("http", port, rules)
    }

    /// Before any server, such as one of SSH: rules are for connections, and only some faults are possible.
    package static func ofConnections(before port: Int, _ rules: [Rule]) throws -> FaultProxy {
        try FaultProxy("tcp", port, rules)
    }

    private init(_ kind: String, _ port: Int, _ rules: [Rule]) throws {
        folder = try TemporaryDirectory()
        let log = folder.appending("requests").string
        server = try LoopbackServer(
            [kind, String(port), log] + rules.map(\.text),
            script: "faults.py"
        )
    }

    package var port: Int { server.port }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// All requests so far, in the order of their arrival; each is there before its answer is.
    package var requests: [Request] {
        get throws {
            let text = String(decoding: try folder.appending("requests").readBytes(), as: UTF8.self)
            return text.split(separator: "\n").map { line in
                let words = line.split(separator: "\t", omittingEmptySubsequences: false)
                    .map(String.init)
                return Request(method: words[0], path: words[1], range: words[2], fault: words[3])
            }
        }
    }

    package func stop() { server.stop() }
}

extension FaultProxy.Rule {
    fileprivate var text: String {
        let span = "\(requests.lowerBound)-\(requests.upperBound)"
        return ([span, method, path] + fault.words).joined(separator: "\t")
    }
}

extension FaultProxy.Fault {
    fileprivate var words: [String] {
        switch self {
        case .status(let code, let seconds): ["status", "\(code)", seconds.map { "\($0)" } ?? ""]
        case .answer(let code, let body): ["answer", "\(code)", body]
        case .silence: ["silence", "0", ""]
        case .lostAnswer: ["lost", "0", ""]
        case .uploadReset(let bytes): ["upload", "\(bytes)", ""]
        case .reset(let bytes): ["reset", "\(bytes)", ""]
        case .truncation(let bytes): ["truncate", "\(bytes)", ""]
        case .wrongByte(let place): ["wrong", "\(place)", ""]
        case .stall(let bytes): ["stall", "\(bytes)", ""]
        case .slow(let rate): ["slow", "\(rate)", ""]
        case .otherTag: ["tag", "0", ""]
        case .tagOfParts: ["tag", "1", ""]
        }
    }
}
