/// Lines of a text in bytes.
enum YAMLText {
    static let newline = UInt8(ascii: "\n")

    static func startOfLine(_ bytes: [UInt8], before position: Int) -> Int {
        var start = position
        while start > 0, bytes[start - 1] != newline { start -= 1 }
        return start
    }

    /// The start of the line behind the one that `position` ends; the end of the text if there is none.
    static func endOfLine(_ bytes: [UInt8], after position: Int) -> Int {
        if position > 0, bytes[position - 1] == newline { return position }
        var end = position
        while end < bytes.count, bytes[end] != newline { end += 1 }
        return min(end + 1, bytes.count)
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == newline || byte == UInt8(ascii: "\t")
            || byte == UInt8(ascii: "\r")
    }

    static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { $0 == UInt8(ascii: " ") }
    }

    /// Line and column of an offset, from 1, the column in characters.
    static func place(
        of offset: Int,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> (line: Int, column: Int) {
        var place = (line: 1, column: 1)
        for byte in bytes.prefix(offset) {
            if byte == newline {
                place = (place.line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                place.column += 1
            }
        }
        return place
    }
}
