import CCurl
import DVSystem

/// A request under way: what libcurl's callbacks put in and readers take out.
final class HTTPExchange {
    /// More waiting bytes than this stop the server until they are read.
    private static let mostPending = 1 << 20

    let address: String
    private(set) var status = 0
    /// Of the last answer, as there may be redirections; names in lower case.
    private(set) var headers: [String: String] = [:]

    let handles: CurlHandles
    /// Lists given to libcurl, which reads them while the request is under way.
    var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let body: HTTPRequest.Body
    private var bodyBytes: ArraySlice<UInt8> = []
    private var bodyError: (any Error)?
    private var pending: [UInt8] = []
    private var taken = 0
    private var target = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var filled = 0
    private var isPaused = false
    private var isAdded = false
    private var result: CURLcode?

    init(_ request: HTTPRequest, _ handles: CurlHandles) {
        // A query may hold names of keys, which say nothing to people.
        address = String(request.url.prefix { $0 != "?" })
        body = request.body
        if case .bytes(let bytes) = body { bodyBytes = bytes[...] }
        self.handles = handles
    }

    deinit { end() }

    /// Sends everything and waits until the head of the answer is here.
    func begin() throws {
        if case .content(let content) = body { try content.rewind() }
        guard ccurl_multi_add(handles.multi, handles.easy) == CURLM_OK else {
            throw StorageError(.refused("libcurl cannot start another request"), at: address)
        }
        isAdded = true
        // The body of the answer begins, or the whole of it has come.
        while result == nil, pending.isEmpty { try step() }
        // What came before a failure is of use: a download goes on after it.
        if pending.isEmpty { try throwIfFailed() }
    }

    /// Gives back what libcurl holds; an answer that is not complete is dropped with its connection.
    func end() {
        if isAdded { _ = ccurl_multi_remove(handles.multi, handles.easy) }
        isAdded = false
        for list in lists { ccurl_list_free(list) }
        lists = []
    }

    /// The next bytes of the answer; 0 at its end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if taken < pending.count { return take(into: buffer) }
        guard result == nil else {
            try throwIfFailed()
            return 0
        }
        // The connection serves another request by now, whose answer is not ours.
        guard isAdded else { throw StorageError(.interrupted("the answer was left"), at: address) }
        target = buffer
        filled = 0
        defer { target = UnsafeMutableRawBufferPointer(start: nil, count: 0) }
        resume()
        while filled == 0, result == nil { try step() }
        if filled == 0 { try throwIfFailed() }
        return filled
    }

    private func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, pending.count - taken)
        pending.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[taken..<taken + count]))
        }
        taken += count
        if taken == pending.count {
            pending.removeAll(keepingCapacity: true)
            taken = 0
        }
        return count
    }

    private func resume() {
        guard isPaused else { return }
        isPaused = false
        _ = ccurl_easy_pause(handles.easy, CURLPAUSE_CONT)
    }

    private func step() throws {
        try Interruption.check()
        var running: Int32 = 0
        guard ccurl_multi_perform(handles.multi, &running) == CURLM_OK else {
            throw StorageError(.interrupted("libcurl lost its connections"), at: address)
        }
        var code = CURLE_OK
        if ccurl_multi_ended(handles.multi, &code) != 0 {
            result = code
        } else if filled == 0, pending.isEmpty {
            // A server may hold the body back until it knows that the head has come (Nagle's algorithm).
            ccurl_acknowledge(handles.socket.pointee)
            // Woken by the network; the limit lets an interruption be seen.
            _ = ccurl_multi_poll(handles.multi, 200)
        }
    }

    private func throwIfFailed() throws {
        if let bodyError { throw bodyError }
        guard let result, result != CURLE_OK else { return }
        throw StorageError(Self.reason(result), at: address)
    }

    private static func reason(_ code: CURLcode) -> StorageError.Reason {
        let text = String(cString: ccurl_easy_strerror(code))
        return switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_PROXY:
            .unreachable(text)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM:
            .untrusted(text)
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_TOO_MANY_REDIRECTS:
            .refused(text)
        default: .interrupted(text)
        }
    }
}

/// What libcurl calls.
extension HTTPExchange {
    /// A line of a head.
    func takeHeader(_ line: String) {
        if line.hasPrefix("HTTP/") {
            headers = [:]
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            return
        }
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...]
        headers[line[..<colon].lowercased()] = value.trimmedOfSpace
    }

    /// Bytes of the answer; false if they cannot be taken now and have to be offered again.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard pending.count < Self.mostPending else {
            isPaused = true
            return false
        }
        var bytes = bytes
        if filled < target.count, pending.isEmpty {
            let count = min(bytes.count, target.count - filled)
            UnsafeMutableRawBufferPointer(rebasing: target[filled...])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            filled += count
            bytes = UnsafeRawBufferPointer(rebasing: bytes[count...])
        }
        pending += bytes
        return true
    }

    /// The next bytes of the request's body; nil stops the request.
    func giveBody(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
        switch body {
        case .none: return 0
        case .bytes:
            let part = bodyBytes.prefix(buffer.count)
            part.withUnsafeBytes { buffer.copyMemory(from: $0) }
            bodyBytes = bodyBytes.dropFirst(part.count)
            return part.count
        case .content(let content):
            do {
                return try content.read(into: buffer)
            } catch {
                bodyError = error
                return nil
            }
        }
    }
}

extension StringProtocol {
    /// Without blanks and line ends around it.
    var trimmedOfSpace: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
