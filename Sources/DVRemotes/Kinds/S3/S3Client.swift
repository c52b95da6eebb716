import DVHashing
import DVSystem
import Glibc

/// Sends signed requests to one bucket.
final class S3Client {
    let options: S3Options
    private let session: HTTPSession
    /// What the server's clock is ahead of ours, in seconds, once it complained.
    private var clockOffset: Int64 = 0
    private var region: String

    init(_ options: S3Options) throws(StorageError) {
        self.options = options
        region = options.region
        session = try HTTPSession(options.http, for: "s3://\(options.bucket)")
    }

    /// What a request is about.
    struct Request {
        var method: String
        /// Nil for the bucket itself.
        var key: [UInt8]?
        /// Not encoded yet.
        var query: [(name: String, value: String)] = []
        var headers: [(name: String, value: String)] = []
        var body = HTTPRequest.Body.none

        init(_ method: String, _ key: [UInt8]? = nil) {
            self.method = method
            self.key = key
        }
    }

    /// The answer to a request, which succeeded, or has one of the statuses that the caller knows what to do with.
    ///
    /// A clock or region that the server finds wrong is put right once.
    func send(_ request: Request, accepting accepted: [Int] = []) throws -> HTTPResponse {
        let response = try session.send(signed(request))
        if response.isSuccess || accepted.contains(response.status) { return response }
        let failure = S3Failure(response, try response.bytes(limit: 64 << 10), name(of: request))
        guard adapt(to: failure, response) else { throw failure.error }
        let again = try session.send(signed(request))
        if again.isSuccess || accepted.contains(again.status) { return again }
        throw S3Failure(again, try again.bytes(limit: 64 << 10), name(of: request)).error
    }

    /// For messages.
    func name(of request: Request) -> String {
        let key = request.key.map { "/" + String(decoding: $0, as: UTF8.self) } ?? ""
        return "s3://\(options.bucket)\(key)"
    }

    /// Whether there is something about our requests that can be put right.
    private func adapt(to failure: S3Failure, _ response: HTTPResponse) -> Bool {
        if failure.code == "RequestTimeTooSkewed",
            let date = response.header("date").flatMap(HTTPDate.parse)
        {
            clockOffset = date / 1_000_000_000 - Int64(time(nil))
            return true
        }
        if let actual = response.header("x-amz-bucket-region") ?? failure.region, actual != region {
            region = actual
            return true
        }
        return false
    }

    private func signed(_ request: Request) -> HTTPRequest {
        var address = options.address
        if options.endpoint == nil, region != options.region {
            var moved = options
            moved.region = region
            address = moved.address
        }
        let path =
            address.path
            + (request.key.map { "/" + PercentEncoding.encode($0, keepsSlashes: true) } ?? "/")
        let query = request.query
            .map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
            .sorted { $0 < $1 }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        let url = "\(options.scheme)://\(address.host)\(path)" + (query.isEmpty ? "" : "?" + query)
        var sent = HTTPRequest(request.method, url)
        sent.body = request.body
        // A signature is for one host: another region is asked with one of its own.
        sent.followsRedirections = false
        sent.headers = headers(of: request, host: address.host, path: path, query: query)
        return sent
    }

    private func headers(
        of request: Request,
        host: String,
        path: String,
        query: String
    ) -> [(name: String, value: String)] {
        var headers = request.headers
        guard let credentials = options.credentials else { return headers }
        let moment = CalendarTime.format(Int64(time(nil)) + clockOffset, as: "%Y%m%dT%H%M%SZ")
        let payloadHash = Self.hash(of: request.body)
        headers += [("x-amz-content-sha256", payloadHash), ("x-amz-date", moment)]
        if let token = credentials.sessionToken { headers.append(("x-amz-security-token", token)) }
        let signature = S3Signature(credentials: credentials, region: region, time: moment)
        let authorization = signature.authorization(
            method: request.method,
            path: path,
            query: query,
            headers: headers.filter { $0.name != "Range" } + [("host", host)],
            payloadHash: payloadHash
        )
        headers.append(("Authorization", authorization))
        return headers
    }

    /// Contents are checked by their MD5, a header that is signed, so that they need no pass of their own for a hash.
    private static func hash(of body: HTTPRequest.Body) -> String {
        switch body {
        case .none: SHA256.hex(of: [])
        case .bytes(let bytes): SHA256.hex(of: bytes)
        case .content: "UNSIGNED-PAYLOAD"
        }
    }
}

/// What an S3 server says when it refuses.
struct S3Failure {
    let code: String?
    let region: String?
    let error: StorageError

    init(_ response: HTTPResponse, _ body: [UInt8], _ address: String) {
        let tree = XMLElement.parse(body)
        let code = tree?["Code"]?.text
        self.code = code
        region = tree?["Region"]?.text
        let text = tree?["Message"]?.text
        let said = [code, text].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ": ")
        let general = response.error(saying: said.isEmpty ? nil : said)
        error = StorageError(Self.reason(code, said) ?? general.reason, at: address)
    }

    private static func reason(_ code: String?, _ text: String) -> StorageError.Reason? {
        switch code {
        case "SlowDown", "ServiceUnavailable", "TooManyRequests": .busy(text, after: nil)
        case "RequestTimeout", "InternalError", "BadDigest", "IncompleteBody",
            "XAmzContentSHA256Mismatch", "OperationAborted":
            .interrupted(text)
        case "QuotaExceeded", "EntityTooLarge": .full(text)
        case "NoSuchBucket", "InvalidBucketName": .misconfigured(text)
        case "ExpiredToken", "InvalidToken", "InvalidAccessKeyId", "SignatureDoesNotMatch",
            "AccessDenied", "RequestTimeTooSkewed":
            .denied(text)
        default: nil
        }
    }
}
