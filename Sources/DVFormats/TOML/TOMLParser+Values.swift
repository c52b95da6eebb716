/// Values: strings, arrays, inline tables and words.
extension TOMLParser {
    mutating func value() throws(FormatError) -> DataValue {
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "{"): return try inlineTable()
        default: return try word()
        }
    }

    private mutating func array() throws(FormatError) -> DataValue {
        position += 1
        try descend()
        defer { depth -= 1 }
        var values: [DataValue] = []
        repeat {
            try skipLines()
            if take("]") { return .list(values) }
            values.append(try value())
            try skipLines()
        } while take(",")
        guard take("]") else { throw error("expected ',' or ']'") }
        return .list(values)
    }

    private mutating func inlineTable() throws(FormatError) -> DataValue {
        position += 1
        let table = TOMLTable(.header)
        skipBlanks()
        if take("}") { return table.value }
        repeat {
            skipBlanks()
            try assignment(in: table, section: 0)
            skipBlanks()
        } while take(",")
        guard take("}") else { throw error("expected ',' or '}'") }
        return table.value
    }

    /// A number, `true`, `false`, or a date, which may have a blank before its time.
    private mutating func word() throws(FormatError) -> DataValue {
        let start = position
        let word = takeWord(Self.isPartOfWord)
        guard !word.isEmpty else { throw error("expected a value") }
        if TOMLScalar.isDate(word), next == UInt8(ascii: " ") {
            let end = position
            position += 1
            let time = takeWord(Self.isPartOfWord)
            if let value = TOMLScalar.dateAndTime(word, time) { return value }
            if time.first?.isNumber == true {
                throw error("'\(time)' is not a time", at: end + 1)
            }
            position = end
        }
        guard let value = TOMLScalar.parse(word) else {
            let shown = word.count > 40 ? word.prefix(40) + "…" : word[...]
            throw error("'\(shown)' is not a value", at: start)
        }
        return value
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"),
            UInt8(ascii: "_"):
            true
        default: isLetterOrDigit(byte)
        }
    }
}
