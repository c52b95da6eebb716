import CCrypto

/// SHA-256: what names results in the run cache and signs requests to S3.
package enum SHA256 {
    /// The digest of `bytes` as 64 lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) -> String {
        hex(digest(of: bytes))
    }

    /// The keyed digest of `message` (HMAC, RFC 2104), 32 bytes.
    package static func authenticationCode(of message: String, key: [UInt8]) -> [UInt8] {
        var block = key.count > blockLength ? digest(of: key) : key
        block += repeatElement(0, count: blockLength - block.count)
        let inner = digest(of: block.map { $0 ^ 0x36 } + message.utf8)
        return digest(of: block.map { $0 ^ 0x5C } + inner)
    }

    private static let blockLength = 64

    private static func digest(of bytes: [UInt8]) -> [UInt8] {
        var context = SHA256_CTX()
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256_Init(&context)
        SHA256_Update(&context, bytes, bytes.count)
        SHA256_Final(&digest, &context)
        return digest
    }

    /// Bytes as lower-case hexadecimal digits.
    package static func hex(_ bytes: [UInt8]) -> String {
        String(
            decoding: bytes.flatMap { [Digest.hexDigit($0 >> 4), Digest.hexDigit($0 & 15)] },
            as: UTF8.self
        )
    }
}
