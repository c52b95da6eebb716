import DVHashing
import Testing

@Suite struct StreamingHasherTests {
    /// The test suite of RFC 1321, appendix A.5.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a"
        ),
    ])
    func `digests match the test suite of RFC 1321`(text: String, hex: String) {
        #expect(Digest(of: Array(text.utf8)).hex == hex)
    }

    @Test(arguments: [1, 3, 55, 56, 63, 64, 65, 127, 1000])
    func `pieces of any size give the digest of the whole`(piece: Int) {
        let content = (0..<4321).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hasher = StreamingHasher()
        for start in stride(from: 0, to: content.count, by: piece) {
            content[start..<min(start + piece, content.count)].withUnsafeBytes { hasher.update($0) }
        }
        #expect(hasher.finish() == Digest(of: content))
    }

    @Test func `a digest survives its text and byte forms`() throws {
        let digest = Digest(of: [1, 2, 3])
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(Digest(hex: "not a digest") == nil)
    }
}
