/// Strings: `"…"` with escapes and `'…'` without, each on one line or, in triple quotes, on several.
extension TOMLParser {
    mutating func string() throws(FormatError) -> String {
        guard let quote = next, startsLongString(quote) else { return try shortString() }
        position += 3
        _ = takeLineEnd()
        return try text(until: quote, isLong: true)
    }

    mutating func shortString() throws(FormatError) -> String {
        guard let quote = next else { throw error("expected a string") }
        position += 1
        return try text(until: quote, isLong: false)
    }

    private func startsLongString(_ quote: UInt8) -> Bool {
        bytes[position...].starts(with: [quote, quote, quote])
    }

    private mutating func text(until quote: UInt8, isLong: Bool) throws(FormatError) -> String {
        let start = position
        var text: [UInt8] = []
        while let byte = next {
            if byte == quote, !isLong || startsLongString(quote) {
                position += isLong ? 3 : 1
                if isLong { takeQuotesBeforeEnd(quote, into: &text) }
                return String(decoding: text, as: UTF8.self)
            } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(isLong: isLong, into: &text)
            } else if isLong, takeLineEnd() {
                text.append(YAMLText.newline)
            } else {
                guard !Self.isControl(byte) else {
                    throw error("line end or control character in a string")
                }
                text.append(byte)
                position += 1
            }
        }
        throw error("a string without end", at: start)
    }

    /// Five quotes are two of the text and the end.
    private mutating func takeQuotesBeforeEnd(_ quote: UInt8, into text: inout [UInt8]) {
        for _ in 0..<2 where next == quote {
            text.append(quote)
            position += 1
        }
    }

    private mutating func escape(isLong: Bool, into text: inout [UInt8]) throws(FormatError) {
        let start = position
        position += 1
        if isLong, skipFoldedLine() { return }
        let letter = next
        position += 1
        switch letter {
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(letter ?? 0)
        case UInt8(ascii: "u"): text.append(contentsOf: try character(4, at: start))
        case UInt8(ascii: "U"): text.append(contentsOf: try character(8, at: start))
        default: throw error("unknown escape in a string", at: start)
        }
    }

    /// Behind a backslash: blanks, a line end, and every blank and line end that follows.
    private mutating func skipFoldedLine() -> Bool {
        let start = position
        skipBlanks()
        guard takeLineEnd() else {
            position = start
            return false
        }
        repeat { skipBlanks() } while takeLineEnd()
        return true
    }

    /// The character that hexadecimal digits name.
    private mutating func character(
        _ count: Int,
        at start: Int
    ) throws(FormatError) -> UTF8.EncodedScalar {
        let digits = bytes[position...].prefix(count).compactMap(YAMLNumber.hexValue)
        let number = digits.reduce(UInt32(0)) { $0 << 4 | UInt32($1) }
        guard digits.count == count, let scalar = Unicode.Scalar(number),
            let encoded = UTF8.encode(scalar)
        else { throw error("an escape that names no character", at: start) }
        position += count
        return encoded
    }
}
