import CCurl

/// Tells libcurl what a request is to be.
struct HTTPSetup {
    private let easy: UnsafeMutableRawPointer
    private let exchange: HTTPExchange
    private let options: HTTPOptions

    init(_ exchange: HTTPExchange, _ options: HTTPOptions) {
        easy = exchange.handles.easy
        self.exchange = exchange
        self.options = options
    }

    func apply(_ request: HTTPRequest) throws(StorageError) {
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_BUFFERSIZE, 256 << 10)
        try set(CURLOPT_UPLOAD_BUFFERSIZE, 256 << 10)
        try set(CURLOPT_USERAGENT, "dvswift")
        if options.isDirect { try set(CURLOPT_NOPROXY, "*") }
        try applyLimits()
        try applyMethod(request)
        try applyHeaders(options.headers + request.headers)
        try applyAuthentication()
        try applyTrust()
        try applyCallbacks()
    }

    private func applyLimits() throws(StorageError) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, Int(options.connectTimeout * 1000))
        try set(CURLOPT_LOW_SPEED_LIMIT, 1)
        try set(CURLOPT_LOW_SPEED_TIME, max(1, Int(options.stallTimeout)))
    }

    private func applyMethod(_ request: HTTPRequest) throws(StorageError) {
        switch request.method {
        case "GET": try followRedirections(of: request)
        case "HEAD":
            try set(CURLOPT_NOBODY, 1)
            try followRedirections(of: request)
        default: break
        }
        switch request.body {
        case .none: break
        case .bytes(let bytes):
            try set(CURLOPT_UPLOAD, 1)
            try check(ccurl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, bytes.count))
        case .content(let content):
            try set(CURLOPT_UPLOAD, 1)
            try check(ccurl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, Int(content.size)))
        }
        if request.method != "GET", request.method != "HEAD" {
            try set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    /// libcurl keeps logins and `Authorization` from other hosts, but no other header that is a secret.
    private func followRedirections(of request: HTTPRequest) throws(StorageError) {
        guard request.followsRedirections,
            options.headers.allSatisfy({ $0.name.lowercased() == "authorization" })
        else { return }
        try set(CURLOPT_FOLLOWLOCATION, 1)
        try set(CURLOPT_MAXREDIRS, 10)
    }

    private func applyHeaders(_ headers: [(name: String, value: String)]) throws(StorageError) {
        var list: UnsafeMutablePointer<curl_slist>?
        for header in headers {
            // libcurl leaves out a header without a value unless it ends so.
            let line = header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
            guard let longer = ccurl_list_append(list, line) else { break }
            list = longer
        }
        guard let list else { return }
        exchange.lists.append(list)
        try check(ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, list))
    }

    private func applyAuthentication() throws(StorageError) {
        switch options.authentication {
        // A token is a header of its own.
        case .none, .bearer: break
        case .basic(let user, let password): try authenticate(1, user, password)
        case .digest(let user, let password): try authenticate(2, user, password)
        }
    }

    /// `kind` is a bit of CURLOPT_HTTPAUTH.
    private func authenticate(
        _ kind: Int,
        _ user: String,
        _ password: String
    ) throws(StorageError) {
        try set(CURLOPT_HTTPAUTH, kind)
        try set(CURLOPT_USERNAME, user)
        try set(CURLOPT_PASSWORD, password)
    }

    private func applyTrust() throws(StorageError) {
        switch options.verification {
        case .system: break
        case .certificates(let path): try set(CURLOPT_CAINFO, path)
        case .none:
            try set(CURLOPT_SSL_VERIFYPEER, 0)
            try set(CURLOPT_SSL_VERIFYHOST, 0)
        }
        if let certificate = options.certificate { try set(CURLOPT_SSLCERT, certificate) }
        if let key = options.key { try set(CURLOPT_SSLKEY, key) }
    }

    private func applyCallbacks() throws(StorageError) {
        // An exchange takes its request back from libcurl before it goes.
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        try check(ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context))
        try check(ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context))
        try check(ccurl_set_pointer(easy, CURLOPT_READDATA, context))
        try check(ccurl_keep_socket(easy, exchange.handles.socket))
        try check(
            ccurl_set_transfer(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                HTTPSetup.exchange(context)?.takeHeader(String(decoding: line, as: UTF8.self))
                return size * count
            }
        )
        try check(
            ccurl_set_transfer(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
                let isTaken = HTTPSetup.exchange(context)?.takeBody(part) ?? false
                return isTaken ? part.count : HTTPSetup.pause
            }
        )
        try check(
            ccurl_set_transfer(easy, CURLOPT_READFUNCTION) { bytes, size, count, context in
                let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
                return HTTPSetup.exchange(context)?.giveBody(buffer) ?? HTTPSetup.abort
            }
        )
    }

    /// CURL_WRITEFUNC_PAUSE and CURL_READFUNC_ABORT, macros that Swift does not see.
    private static let pause = 0x1000_0001
    private static let abort = 0x1000_0000

    private static func exchange(_ context: UnsafeMutableRawPointer?) -> HTTPExchange? {
        context.map { Unmanaged<HTTPExchange>.fromOpaque($0).takeUnretainedValue() }
    }

    private func set(_ option: CURLoption, _ value: Int) throws(StorageError) {
        try check(ccurl_set_long(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(StorageError) {
        try check(ccurl_set_text(easy, option, value))
    }

    private func check(_ code: CURLcode) throws(StorageError) {
        guard code != CURLE_OK else { return }
        let text = String(cString: ccurl_easy_strerror(code))
        throw StorageError(.refused("libcurl: \(text)"), at: exchange.address)
    }
}
