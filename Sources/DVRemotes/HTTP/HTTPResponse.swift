import DVSystem

/// An answer whose head has come; its body is read on demand.
final class HTTPResponse {
    private let exchange: HTTPExchange

    init(_ exchange: HTTPExchange) { self.exchange = exchange }

    var status: Int { exchange.status }
    var isSuccess: Bool { (200..<300).contains(status) }
    var address: String { exchange.address }

    /// `name` in lower case.
    func header(_ name: String) -> String? { exchange.headers[name] }

    /// The whole body, of which no more than `limit` bytes are kept; it is read to its end, so that the connection serves again.
    func bytes(limit: Int = 64 << 20) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try exchange.read(into: $0) }
            if count == 0 { return bytes }
            bytes += buffer[..<min(count, limit - bytes.count)]
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try exchange.read(into: buffer)
    }

    /// Bytes of the body, as the server announced them.
    var contentLength: Int64? { header("content-length").flatMap { Int64($0) } }

    /// The entity tag as it is sent, quotes and all; else what the server calls the digest of the content.
    var tag: String? { header("etag") ?? header("content-md5") }

    /// In nanoseconds since 1970.
    var modified: Int64? { header("last-modified").flatMap(HTTPDate.parse) }

    /// What the status means for a request that cannot go on.
    func error(saying text: String? = nil) -> StorageError {
        let said = text.map { " (\($0))" } ?? ""
        let message = "the server answers \(status)\(said)"
        let reason: StorageError.Reason =
            switch status {
            case 401, 403, 407: .denied(message)
            // 423: another request has the folder for a moment.
            case 423, 429, 503: .busy(message, after: header("retry-after").flatMap { Int($0) })
            case 408, 425, 500, 502, 504: .interrupted(message)
            case 507, 413: .full(message)
            case 405, 501: .unsupported(message)
            default: .refused(message)
            }
        return StorageError(reason, at: address)
    }
}

/// The body of an answer as content of a file.
final class HTTPContent: IncomingContent {
    let size: Int64?
    let tag: String?
    private let response: HTTPResponse
    /// Bytes before the wanted ones, where a server ignores ranges.
    private var excess: Int64

    /// An answer to a request for the bytes from `offset` on.
    init(_ response: HTTPResponse, from offset: Int64) {
        self.response = response
        tag = response.tag
        // The length of a content that is compressed on the way says nothing.
        let isEncoded = response.header("content-encoding") != nil
        let length = isEncoded ? nil : response.contentLength
        // Some servers answer 200 and give the range all the same.
        let isPart = response.status == 206 || response.header("content-range") != nil
        excess = isPart ? 0 : offset
        size = length.map { $0 + (isPart ? offset : 0) }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while excess > 0 {
            let part = UnsafeMutableRawBufferPointer(
                rebasing: buffer[..<min(buffer.count, Int(excess))]
            )
            let count = try response.read(into: part)
            if count == 0 { return 0 }
            excess -= Int64(count)
        }
        return try response.read(into: buffer)
    }
}

extension String {
    func trimmed(of character: Character) -> String {
        var rest = self[...]
        while rest.first == character { rest.removeFirst() }
        while rest.last == character { rest.removeLast() }
        return String(rest)
    }
}
