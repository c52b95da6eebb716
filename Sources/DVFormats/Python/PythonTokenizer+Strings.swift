extension PythonTokenizer {
    /// A string from its first quote; `start` is that of its prefix.
    mutating func takeString(from start: Int, prefix: String) throws(PythonSyntaxError) {
        guard let quote = next else { return }
        let isTriple = peek(1) == quote && peek(2) == quote
        let place = error("unterminated string literal", at: start)
        position += isTriple ? 3 : 1
        let isRaw = prefix.contains("r")
        let isBytes = prefix.contains("b")
        var value = String.UnicodeScalarView()
        while true {
            guard let character = next, isTriple || !isAtLineEnd else { throw place }
            if character == quote, !isTriple || peek(1) == quote && peek(2) == quote { break }
            if isBytes, !character.isASCII {
                throw error("bytes can only contain ASCII literal characters")
            }
            if character == "\\" {
                try takeEscape(isRaw: isRaw, isBytes: isBytes, into: &value)
            } else {
                takeCharacter(into: &value)
            }
        }
        position += isTriple ? 3 : 1
        let isText = !isBytes && !prefix.contains("f")
        add(.string(isText ? String(value) : nil), from: start)
    }

    /// Any line end is `\n` in Python.
    private mutating func takeCharacter(into value: inout String.UnicodeScalarView) {
        if isAtLineEnd {
            value.append("\n")
            takeLineEnd()
        } else if let character = next {
            value.append(character)
            position += 1
        }
    }

    private mutating func takeEscape(
        isRaw: Bool,
        isBytes: Bool,
        into value: inout String.UnicodeScalarView
    ) throws(PythonSyntaxError) {
        position += 1
        if isRaw {
            value.append("\\")
            return takeCharacter(into: &value)
        }
        guard let character = next else { return }
        if isAtLineEnd { return takeLineEnd() }
        position += 1
        let simple: [Unicode.Scalar: Unicode.Scalar] = [
            "\\": "\\", "'": "'", "\"": "\"", "a": "\u{07}", "b": "\u{08}", "f": "\u{0C}",
            "n": "\n", "r": "\r", "t": "\t", "v": "\u{0B}",
        ]
        if let plain = simple[character] { return value.append(plain) }
        switch character {
        case "0"..."7":
            position -= 1
            value.append(try scalar(radix: 8, digits: 1...3))
        case "x": value.append(try scalar(radix: 16, digits: 2...2))
        case "u" where !isBytes: value.append(try scalar(radix: 16, digits: 4...4))
        case "U" where !isBytes: value.append(try scalar(radix: 16, digits: 8...8))
        case "N" where !isBytes: value.append(try named())
        default:
            value.append("\\")
            value.append(character)
        }
    }

    private mutating func scalar(
        radix: Int,
        digits: ClosedRange<Int>
    ) throws(PythonSyntaxError) -> Unicode.Scalar {
        var number: UInt32 = 0
        var count = 0
        while count < digits.upperBound, let character = next, character.isASCII,
            let digit = Character(character).hexDigitValue, digit < radix
        {
            number = number * UInt32(radix) + UInt32(digit)
            position += 1
            count += 1
        }
        guard count >= digits.lowerBound, let scalar = Unicode.Scalar(number) else {
            throw error("invalid escape in a string")
        }
        return scalar
    }

    /// `\N{EM DASH}`.
    private mutating func named() throws(PythonSyntaxError) -> Unicode.Scalar {
        guard next == "{", let end = text[position...].firstIndex(of: "}") else {
            throw error("malformed \\N character escape")
        }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: text[position + 1..<end])
        let wanted = String(name).uppercased()
        position = end + 1
        for number in UInt32(0x20)...0x1_FFFF {
            guard let scalar = Unicode.Scalar(number) else { continue }
            let properties = scalar.properties
            if properties.name == wanted || properties.nameAlias == wanted { return scalar }
        }
        throw error("unknown Unicode character name")
    }
}
