import CCurl
import DVSystem

/// A connection to HTTP servers through libcurl, kept open between requests; used by one thread at a time.
final class HTTPSession {
    private let options: HTTPOptions
    private let handles: CurlHandles
    private var current: HTTPExchange?

    /// `address` is for messages.
    init(_ options: HTTPOptions, for address: String) throws(StorageError) {
        self.options = options
        if let problem = ccurl_load() {
            throw StorageError(
                .notInstalled(String(cString: problem), package: "libcurl4"),
                at: address
            )
        }
        guard let handles = CurlHandles() else {
            throw StorageError(.refused("libcurl has no memory"), at: address)
        }
        self.handles = handles
    }

    /// Sends a request and its body, and waits for the head of the answer.
    ///
    /// What is left of the answer before is dropped. Throws `StorageError`, `Interrupted`, and what the body throws.
    func send(_ request: HTTPRequest) throws -> HTTPResponse {
        guard case .bearer(let token) = options.authentication else {
            return try send(request, options)
        }
        let value = token.value
        let response = try send(request, options.adding(token: value))
        guard response.status == 401, try token.renew(value) else { return response }
        return try send(request, options.adding(token: token.value))
    }

    private func send(_ request: HTTPRequest, _ options: HTTPOptions) throws -> HTTPResponse {
        current?.end()
        ccurl_easy_reset(handles.easy)
        let exchange = HTTPExchange(request, handles)
        current = exchange
        do {
            try HTTPSetup(exchange, options).apply(request)
            try exchange.begin()
        } catch {
            exchange.end()
            throw error
        }
        return HTTPResponse(exchange)
    }
}

extension HTTPOptions {
    fileprivate func adding(token: String) -> HTTPOptions {
        var options = self
        options.headers.append(("Authorization", "Bearer \(token)"))
        return options
    }
}

/// What libcurl holds of a connection; an answer that is still read keeps it, even when its session is gone.
final class CurlHandles {
    let easy: UnsafeMutableRawPointer
    let multi: UnsafeMutableRawPointer
    /// Where libcurl notes the socket of the connection.
    let socket: UnsafeMutablePointer<Int32>

    /// Nil if there is no memory.
    init?() {
        guard let easy = ccurl_easy_init() else { return nil }
        guard let multi = ccurl_multi_init() else {
            ccurl_easy_cleanup(easy)
            return nil
        }
        self.easy = easy
        self.multi = multi
        socket = .allocate(capacity: 1)
        socket.initialize(to: -1)
    }

    deinit {
        ccurl_easy_cleanup(easy)
        ccurl_multi_cleanup(multi)
        socket.deallocate()
    }
}
