import DVHashing
import Testing

@Suite struct LegacyHashTests {
    /// The digests were computed with DVC 3.67.1 (`file_md5(name="md5-dos2unix")`).
    @Test func `text is hashed as if it had Unix line ends`() {
        let windows = Array("a,b\r\n1,2\r\n\r".utf8)
        #expect(Digest(of: windows, scheme: .md5DOS2Unix) == Digest(of: Array("a,b\n1,2\n\r".utf8)))
    }

    @Test func `binary content is hashed as it is`() {
        let binary: [UInt8] = [0, 1, 13, 10, 200]
        #expect(Digest(of: binary, scheme: .md5DOS2Unix) == Digest(of: binary))
    }

    @Test func `each mebibyte is judged alone and a line end across two stays`() {
        var content = [UInt8](repeating: 97, count: (1 << 20) - 1)
        content += [13, 10, 13, 10]
        content += [UInt8](repeating: 98, count: 10)
        var expected = [UInt8](repeating: 97, count: (1 << 20) - 1)
        expected += [13, 10, 10]
        expected += [UInt8](repeating: 98, count: 10)
        #expect(Digest(of: content, scheme: .md5DOS2Unix) == Digest(of: expected))
    }
}
