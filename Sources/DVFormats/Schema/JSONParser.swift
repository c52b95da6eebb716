/// Reads JSON as Python's `json.load` does: the last of two equal keys counts, `NaN` and `Infinity` are numbers.
package struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String
    private var position = 0
    private var depth = 0

    package static func parse(_ bytes: [UInt8], file: String) throws(FormatError) -> DataValue {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(FormatError) -> DataValue in
                var parser = JSONParser(bytes: buffer, file: file)
                return try parser.document()
            }
        }
        return try result.get()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, file: String) {
        self.bytes = bytes
        self.file = file
    }

    private mutating func document() throws(FormatError) -> DataValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw error("expected the end of the file") }
        return value
    }

    private mutating func value() throws(FormatError) -> DataValue {
        skipSpace()
        guard position < bytes.count else { throw error("expected a value, found the end") }
        switch bytes[position] {
        case UInt8(ascii: "{"):
            return try nested { parser throws(FormatError) in try parser.object() }
        case UInt8(ascii: "["):
            return try nested { parser throws(FormatError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        default: return try literal()
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(FormatError) -> DataValue
    ) throws(FormatError) -> DataValue {
        depth += 1
        guard depth < 500 else { throw error("nested too deeply") }
        position += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(FormatError) -> DataValue {
        var pairs: [(key: String, value: DataValue)] = []
        var indices: [String: Int] = [:]
        if take("}") { return .mapping([]) }
        repeat {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw error("expected a key in double quotes")
            }
            let key = try string()
            guard take(":") else { throw error("expected ':'") }
            let value = try value()
            if let index = indices[key] {
                pairs[index].value = value
            } else {
                indices[key] = pairs.count
                pairs.append((key, value))
            }
        } while take(",")
        guard take("}") else { throw error("expected ',' or '}'") }
        return .mapping(pairs)
    }

    private mutating func array() throws(FormatError) -> DataValue {
        var values: [DataValue] = []
        if take("]") { return .list([]) }
        repeat { values.append(try value()) } while take(",")
        guard take("]") else { throw error("expected ',' or ']'") }
        return .list(values)
    }

    private mutating func literal() throws(FormatError) -> DataValue {
        let start = position
        while position < bytes.count, isWord(bytes[position]) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case "NaN": return .float(.nan)
        case "Infinity": return .float(.infinity)
        case "-Infinity": return .float(-.infinity)
        default:
            if let number = number(text) { return number }
            position = start
            throw error("expected a value")
        }
    }

    private func number(_ text: String) -> DataValue? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard let first = digits.first, first.isASCII, first.isNumber else { return nil }
        if digits.count > 1, first == "0", digits.dropFirst().first?.isNumber == true { return nil }
        if let whole = Int(text) { return .integer(whole) }
        if digits.allSatisfy(\.isNumber) {
            return LongInteger.value(digits, radix: 10, isNegative: text.hasPrefix("-"))
        }
        guard !digits.hasSuffix("."), !digits.contains(".e"), !digits.contains(".E"),
            !digits.contains("x")
        else { return nil }
        return Double(text).map { .float($0) }
    }

    private func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    // MARK: Strings

    private mutating func string() throws(FormatError) -> String {
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw error("the text is not valid UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw error("control character in a string")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw error("a string without end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(FormatError) {
        position += 1
        guard position < bytes.count else { throw error("a string without end") }
        let simple: [UInt8: UInt8] = [
            UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
            UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12,
            UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        ]
        let letter = bytes[position]
        if let byte = simple[letter] {
            text.append(byte)
            position += 1
            return
        }
        guard letter == UInt8(ascii: "u") else { throw error("unknown escape in a string") }
        var value = try unit()
        if (0xD800...0xDBFF).contains(value), position + 1 < bytes.count,
            bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 1
            let low = try unit()
            guard (0xDC00...0xDFFF).contains(low) else { throw error("half of a character") }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else {
            throw error("half of a character")
        }
        text.append(contentsOf: encoded)
    }

    /// The four digits behind `u`.
    private mutating func unit() throws(FormatError) -> UInt32 {
        position += 1
        guard position + 4 <= bytes.count else { throw error("expected four hexadecimal digits") }
        var value: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = YAMLNumber.hexValue(byte) else {
                throw error("expected four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    // MARK: Places

    private mutating func skipSpace() {
        while position < bytes.count, YAMLText.isSpace(bytes[position]) { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }

    private func error(_ problem: String) -> FormatError {
        let place = YAMLText.place(of: min(position, bytes.count), in: bytes)
        return FormatError(
            file: file,
            line: place.line,
            column: place.column,
            problem: "not valid JSON: \(problem)"
        )
    }
}
