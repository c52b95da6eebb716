import DVSystem

/// One question to an HTTP server.
struct HTTPRequest {
    enum Body {
        case none
        case bytes([UInt8])
        case content(any OutgoingContent)
    }

    var method: String
    /// With its path and query percent-encoded.
    var url: String
    var headers: [(name: String, value: String)] = []
    var body = Body.none
    var followsRedirections = true

    init(_ method: String, _ url: String) {
        self.method = method
        self.url = url
    }
}

/// How a session connects and proves who it is.
package struct HTTPOptions: Sendable {
    package enum Authentication: Sendable {
        case none
        case basic(user: String, password: String)
        case digest(user: String, password: String)
        case bearer(BearerToken)
    }

    package enum Verification: Sendable {
        case system
        /// A file or folder of certificates in PEM form.
        case certificates(String)
        case none
    }

    package var authentication = Authentication.none
    package var verification = Verification.system
    /// The client's own certificate and key, files in PEM form.
    package var certificate: String?
    package var key: String?
    /// Seconds.
    package var connectTimeout = 30.0
    /// Seconds without any byte after which a transfer counts as broken.
    package var stallTimeout = 60.0
    /// Sent with every request.
    package var headers: [(name: String, value: String)] = []
    /// Whether proxies are passed by that the environment names.
    var isDirect = false

    package init() {}
}

/// Percent-encoding after RFC 3986, as S3's signatures want it too.
enum PercentEncoding {
    /// Encodes all but unreserved characters; slashes stay if `keepsSlashes`.
    static func encode(_ bytes: some Sequence<UInt8>, keepsSlashes: Bool = false) -> String {
        var encoded: [UInt8] = []
        for byte in bytes {
            if isUnreserved(byte) || (keepsSlashes && byte == UInt8(ascii: "/")) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    static func encode(_ path: RelativePath) -> String { encode(path.bytes, keepsSlashes: true) }

    static func encode(_ text: String) -> String { encode(text.utf8) }

    /// The bytes that `text` stands for; what is not an escape is kept as it is.
    static func decode(_ text: some StringProtocol) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return decoded
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~")].contains(
                byte
            )
        }
    }
}
