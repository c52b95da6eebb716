import CCurl
import DVSystem

/// A connection to HTTP servers through libcurl, kept open between requests; used by one thread at a time.
final class HTTPSession {
    private let options: HTTPOptions
    private let easy: UnsafeMutableRawPointer
    private let multi: UnsafeMutableRawPointer
    private var current: HTTPExchange?
    /// Where libcurl notes the socket of the connection.
    private let socket: UnsafeMutablePointer<Int32>

    /// `address` is for messages.
    init(_ options: HTTPOptions, for address: String) throws(StorageError) {
        self.options = options
        if let problem = ccurl_load() {
            throw StorageError(
                .notInstalled(String(cString: problem), package: "libcurl4"),
                at: address
            )
        }
        guard let easy = ccurl_easy_init() else {
            throw StorageError(.refused("libcurl has no memory"), at: address)
        }
        guard let multi = ccurl_multi_init() else {
            ccurl_easy_cleanup(easy)
            throw StorageError(.refused("libcurl has no memory"), at: address)
        }
        self.easy = easy
        self.multi = multi
        socket = .allocate(capacity: 1)
        socket.initialize(to: -1)
    }

    deinit {
        current?.end()
        ccurl_easy_cleanup(easy)
        ccurl_multi_cleanup(multi)
        socket.deallocate()
    }

    /// Sends a request and its body, and waits for the head of the answer.
    ///
    /// What is left of the answer before is dropped. Throws `StorageError`, `Interrupted`, and what the body throws.
    func send(_ request: HTTPRequest) throws -> HTTPResponse {
        current?.end()
        ccurl_easy_reset(easy)
        let exchange = HTTPExchange(request, easy: easy, multi: multi, socket: socket)
        current = exchange
        do {
            try HTTPSetup(easy, exchange, options).apply(request)
            try exchange.begin()
        } catch {
            exchange.end()
            throw error
        }
        return HTTPResponse(exchange, of: self)
    }
}
