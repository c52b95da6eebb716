extension PythonTokenizer {
    /// `10`, `1_000`, `0x1f`, `1e-3`, `2j`.
    mutating func takeNumber() throws(PythonSyntaxError) {
        let start = position
        let value: DataValue?
        let marks: [Unicode.Scalar: Int] = ["x": 16, "X": 16, "o": 8, "O": 8, "b": 2, "B": 2]
        if next == "0", let mark = peek(1), let radix = marks[mark] {
            position += 2
            if next == "_" { position += 1 }
            value = try Self.integer(try digits(radix), radix, orThrow: error("invalid number"))
        } else {
            value = try decimal(from: start)
        }
        if let following = next, following == "_" || following.properties.isXIDStart {
            throw error("invalid decimal literal", at: start)
        }
        add(.number(value), from: start)
    }

    private mutating func decimal(from start: Int) throws(PythonSyntaxError) -> DataValue? {
        var isFloat = false
        var written = next == "." ? "" : try digits(10)
        if next == "." {
            isFloat = true
            position += 1
            written += "."
            if isDigit(next) { written += try digits(10) }
        }
        if next == "e" || next == "E", hasExponent {
            isFloat = true
            position += 1
            written += "e"
            if let sign = next, sign == "+" || sign == "-" {
                written.unicodeScalars.append(sign)
                position += 1
            }
            written += try digits(10)
        }
        if next == "j" || next == "J" {
            position += 1
            return nil
        }
        if isFloat {
            return Double(written.hasPrefix(".") ? "0" + written : written).map { .float($0) }
        }
        if written.count > 1, written.first == "0", !written.allSatisfy({ $0 == "0" }) {
            throw error("leading zeros in decimal integer literals are not permitted", at: start)
        }
        return try Self.integer(written, 10, orThrow: error("the number is too long", at: start))
    }

    private var hasExponent: Bool {
        if isDigit(peek(1)) { return true }
        return (peek(1) == "+" || peek(1) == "-") && isDigit(peek(2))
    }

    private func isDigit(_ character: Unicode.Scalar?) -> Bool {
        character.map { ("0"..."9").contains($0) } ?? false
    }

    /// Digits with single underscores between them.
    private mutating func digits(_ radix: Int) throws(PythonSyntaxError) -> String {
        var result = ""
        while let character = next {
            if character == "_" {
                guard let after = peek(1),
                    Character(after).hexDigitValue.map({ $0 < radix }) == true,
                    !result.isEmpty
                else { throw error("invalid decimal literal") }
                position += 1
                continue
            }
            guard character.isASCII, let digit = Character(character).hexDigitValue, digit < radix
            else { break }
            result.unicodeScalars.append(character)
            position += 1
        }
        if result.isEmpty { throw error("invalid number") }
        return result
    }

    private static func integer(
        _ digits: String,
        _ radix: Int,
        orThrow error: PythonSyntaxError
    ) throws(PythonSyntaxError) -> DataValue {
        if let number = Int(digits, radix: radix) { return .integer(number) }
        guard let long = LongInteger.value(digits, radix: radix, isNegative: false) else {
            throw error
        }
        return long
    }
}
