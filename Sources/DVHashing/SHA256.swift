import CCrypto

/// SHA-256: what names results in the run cache and signs requests to S3.
package enum SHA256 {
    /// The digest of `bytes` as 64 lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        CCrypto.SHA256(bytes, bytes.count, &digest)
        return hex(digest)
    }

    /// The keyed digest of `message` (HMAC, RFC 2104), 32 bytes.
    package static func authenticationCode(of message: String, key: [UInt8]) -> [UInt8] {
        let message = Array(message.utf8)
        var code = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        var count: UInt32 = 0
        _ = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &count)
        return code
    }

    /// Bytes as lower-case hexadecimal digits.
    package static func hex(_ bytes: [UInt8]) -> String {
        String(
            decoding: bytes.flatMap { [Digest.hexDigit($0 >> 4), Digest.hexDigit($0 & 15)] },
            as: UTF8.self
        )
    }
}
