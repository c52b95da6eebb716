import Testing

@testable import DVFormats

/// Sizes of images as their first bytes say.
@Suite struct ImageSizeTests {
    private static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
        + [0, 0, 1, 0x2C, 0, 0, 0, 0xC8]
    private static let gif: [UInt8] = Array("GIF89a".utf8) + [0x2C, 1, 0xC8, 0]
    /// With a segment before the frame.
    private static let jpeg: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 9, 9, 0xFF, 0xC2, 0, 17, 8, 0, 0xC8, 1, 0x2C, 3]
    private static let bitmap: [UInt8] =
        Array("BM".utf8) + Array(repeating: 0, count: 12) + [40, 0, 0, 0, 0x2C, 1, 0, 0]
        + [0x38, 0xFF, 0xFF, 0xFF]
    private static let webP: [UInt8] =
        Array("RIFF0000WEBPVP8X".utf8) + Array(repeating: 0, count: 8)
        + [0x2B, 1, 0, 0xC7, 0, 0]
    private static let vectors = [
        "<svg width='300' height='200'>", "<svg viewBox=\"0 0 300 200\"/>",
        "<?xml?><svg\n viewBox='0,0,300,200' width='100%' height='100%'>",
    ]

    @Test(arguments: [png, gif, jpeg, bitmap, webP] + vectors.map { Array($0.utf8) })
    func `each format tells it in its own way`(bytes: [UInt8]) throws {
        let size = try #require(ImageSize(of: bytes))
        #expect((size.width, size.height) == (300, 200))
        #expect(size.fitted(150) == (150, 100) && size.fitted(900) == (300, 200))
    }

    @Test(arguments: [png, gif, jpeg, bitmap, webP])
    func `a file that is cut off tells none`(bytes: [UInt8]) {
        for count in 0..<min(bytes.count, 9) {
            #expect(ImageSize(of: Array(bytes.prefix(count))) == nil)
        }
        #expect(ImageSize(of: Array("no image at all".utf8)) == nil)
    }
}
