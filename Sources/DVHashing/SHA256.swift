import CCrypto

/// SHA-256: what names results in the run cache.
package enum SHA256 {
    /// The digest of `bytes` as 64 lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        CCrypto.SHA256(bytes, bytes.count, &digest)
        return String(
            decoding: digest.flatMap { [Digest.hexDigit($0 >> 4), Digest.hexDigit($0 & 15)] },
            as: UTF8.self
        )
    }
}
