/// How large an image is, as its first bytes say.
struct ImageSize: Hashable, Sendable {
    let width: Double
    let height: Double

    /// Nil for formats that are not known, and for files that are not what their names say.
    init?(of bytes: [UInt8]) {
        let found =
            Self.png(bytes) ?? Self.gif(bytes) ?? Self.bitmap(bytes) ?? Self.webP(bytes)
            ?? Self.jpeg(bytes) ?? Self.vector(bytes)
        guard let found, found.0 > 0, found.1 > 0, found.0 < 1e6, found.1 < 1e6 else { return nil }
        (width, height) = found
    }

    /// The same shape, at most so wide.
    func fitted(_ limit: Double) -> (width: Double, height: Double) {
        let scale = min(1, limit / width)
        return (width * scale, height * scale)
    }

    // MARK: Formats

    private typealias Size = (Double, Double)

    private static func starts(_ bytes: [UInt8], _ text: String, at start: Int = 0) -> Bool {
        bytes.dropFirst(start).starts(with: text.utf8)
    }

    private static func big(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Double {
        Double(bytes[start..<start + count].reduce(0) { $0 << 8 | Int($1) })
    }

    private static func little(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func png(_ bytes: [UInt8]) -> Size? {
        guard bytes.count >= 24, bytes[0] == 0x89, starts(bytes, "PNG", at: 1) else { return nil }
        return (big(bytes, 16, 4), big(bytes, 20, 4))
    }

    private static func gif(_ bytes: [UInt8]) -> Size? {
        guard bytes.count >= 10, starts(bytes, "GIF8") else { return nil }
        return (Double(little(bytes, 6, 2)), Double(little(bytes, 8, 2)))
    }

    private static func bitmap(_ bytes: [UInt8]) -> Size? {
        guard bytes.count >= 26, starts(bytes, "BM"), little(bytes, 14, 4) >= 40 else { return nil }
        // A negative height means that the first line comes first.
        let height = Int32(truncatingIfNeeded: little(bytes, 22, 4))
        return (Double(little(bytes, 18, 4)), Double(height.magnitude))
    }

    private static func webP(_ bytes: [UInt8]) -> Size? {
        guard bytes.count >= 30, starts(bytes, "RIFF"), starts(bytes, "WEBP", at: 8) else {
            return nil
        }
        if starts(bytes, "VP8X", at: 12) {
            return (Double(little(bytes, 24, 3) + 1), Double(little(bytes, 27, 3) + 1))
        }
        if starts(bytes, "VP8L", at: 12) {
            let bits = little(bytes, 21, 4)
            return (Double(bits & 0x3FFF + 1), Double(bits >> 14 & 0x3FFF + 1))
        }
        guard starts(bytes, "VP8 ", at: 12) else { return nil }
        return (Double(little(bytes, 26, 2) & 0x3FFF), Double(little(bytes, 28, 2) & 0x3FFF))
    }

    /// Segments follow each other, until one that starts a frame.
    private static func jpeg(_ bytes: [UInt8]) -> Size? {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var position = 2
        while position + 9 <= bytes.count, bytes[position] == 0xFF {
            let marker = bytes[position + 1]
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                return (big(bytes, position + 7, 2), big(bytes, position + 5, 2))
            }
            position += marker == 0xFF ? 1 : 2 + Int(big(bytes, position + 2, 2))
        }
        return nil
    }

    /// Of an SVG: width and height in pixels, else its view box.
    private static func vector(_ bytes: [UInt8]) -> Size? {
        let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
        guard let start = head.firstRange(of: "<svg")?.upperBound,
            let tag = head[start...].split(separator: ">").first
        else { return nil }
        if let width = tag.firstMatch(of: /\swidth\s*=\s*["']([0-9.]+)(?:px)?["']/),
            let height = tag.firstMatch(of: /\sheight\s*=\s*["']([0-9.]+)(?:px)?["']/),
            let size = Double(width.1).flatMap({ width in Double(height.1).map { (width, $0) } })
        {
            return size
        }
        guard let box = tag.firstMatch(of: /\sviewBox\s*=\s*["']([^"']+)["']/) else { return nil }
        let numbers = box.1.split { " ,\n\t".contains($0) }.compactMap { Double($0) }
        return numbers.count == 4 ? (numbers[2], numbers[3]) : nil
    }
}
