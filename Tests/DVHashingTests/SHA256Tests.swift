import CCrypto
import DVHashing
import Testing

@Suite struct SHA256Tests {
    @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 1_000])
    func `digests are OpenSSL's`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var expected = [UInt8](repeating: 0, count: 32)
        EVP_Digest(bytes, bytes.count, &expected, nil, EVP_sha256(), nil)
        #expect(SHA256.hex(of: bytes) == SHA256.hex(expected))
    }

    /// Test cases 1, 2 and 6 of RFC 4231: a key shorter than a block, one of text, and one longer than a block.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `authentication codes are those of the standard`(
        key: [UInt8],
        message: String,
        code: String
    ) {
        #expect(SHA256.hex(SHA256.authenticationCode(of: message, key: key)) == code)
    }
}
