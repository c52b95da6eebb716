import DVHashing
import Testing

@Suite struct DigestTests {
    @Test func `digits are read in either case`() throws {
        let digest = try #require(Digest(hex: "0123456789abcdefFEDCBA9876543210"))
        #expect(digest.high == 0x0123_4567_89ab_cdef)
        #expect(digest.low == 0xfedc_ba98_7654_3210)
        #expect(digest.hex == "0123456789abcdeffedcba9876543210")
    }

    @Test(arguments: 0..<32)
    func `of all bytes only hexadecimal digits are accepted`(position: Int) {
        for byte in UInt8.min ... .max {
            var text = [UInt8](repeating: UInt8(ascii: "7"), count: 32)
            text[position] = byte
            let isDigit = Unicode.Scalar(byte).isASCII && Character(Unicode.Scalar(byte)).isHexDigit
            let digest = text.withUnsafeBytes { Digest(hexDigits: $0) }
            #expect((digest != nil) == isDigit, "byte \(byte)")
            guard isDigit else { continue }
            let expected = String(decoding: text, as: UTF8.self).lowercased()
            #expect(digest?.hex == expected)
        }
    }

    @Test(arguments: [0, 16, 31, 33, 64])
    func `another number of digits is no digest`(count: Int) {
        #expect(Digest(hex: String(repeating: "a", count: count)) == nil)
    }

    @Test func `equal digests are one member of a set, however they were made`() {
        let digests = (0..<1000).map { Digest(high: UInt64($0), low: UInt64($0) << 32) }
        let again = digests.compactMap { Digest(hex: $0.hex) }
        #expect(Set(digests + again).count == 1000)
        #expect(Set(digests.map { ObjectName($0, isListing: true) }).count == 1000)
        let names = digests.flatMap { [ObjectName($0), ObjectName($0, isListing: true)] }
        #expect(Set(names).count == 2000)
    }
}
