/// The smallest steps: bytes, words, line ends, blanks and comments.
extension TOMLParser {
    /// The byte to be read; nil at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func takeWord(_ isPart: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = next, isPart(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Takes LF or CRLF.
    mutating func takeLineEnd() -> Bool {
        if take("\n") { return true }
        guard bytes[position...].starts(with: [0x0D, 0x0A]) else { return false }
        position += 2
        return true
    }

    mutating func skipBlanks() {
        while next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") { position += 1 }
    }

    /// Skips blanks, comments and line ends.
    mutating func skipLines() throws(FormatError) {
        repeat {
            skipBlanks()
            try skipComment()
        } while takeLineEnd()
    }

    mutating func skipComment() throws(FormatError) {
        guard take("#") else { return }
        while let byte = next, byte != YAMLText.newline, byte != 0x0D {
            guard !Self.isControl(byte) else { throw error("control character in a comment") }
            position += 1
        }
    }

    mutating func descend() throws(FormatError) {
        depth += 1
        guard depth <= Self.maximumDepth else { throw error("nested too deeply") }
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// The tab is none.
    static func isControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 && byte != UInt8(ascii: "\t")) || byte == 0x7F
    }
}
