/// What a plain scalar means, by the rules of YAML 1.2 as DVC's parser applies them.
enum YAMLScalar {
    /// `yes`, `on` and `0o8` are text; `010` is ten; `1_000` and `1e3` are numbers.
    static func resolve(_ text: String) -> DataValue {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.first else { return .null }
            switch first {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "."):
                if let number = YAMLNumber.parse(bytes) { return number }
                if isTimestamp(bytes) { return .timestamp(String(decoding: bytes, as: UTF8.self)) }
            case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"),
                UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "~"):
                if let constant = constant(bytes) { return constant }
            default: break
            }
            return .string(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Whether the text, written plain, is read as a string.
    static func isString(_ text: String) -> Bool {
        if text == "=" || text == "<<" { return false }
        if case .string = resolve(text) {
            var text = text
            return !text.withUTF8 { YAMLNumber.looksLikeNumber($0) }
        }
        return false
    }

    private static func constant(_ bytes: UnsafeBufferPointer<UInt8>) -> DataValue? {
        guard bytes.count <= 5 else { return nil }
        switch String(decoding: bytes, as: UTF8.self) {
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case "null", "Null", "NULL", "~": return .null
        default: return nil
        }
    }

    /// `2020-01-31`, or a date of looser digits followed by a time.
    private static func isTimestamp(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(bytes)
        guard scanner.digits(4...4), scanner.take("-") else { return false }
        let month = scanner.position
        guard scanner.digits(1...2), scanner.take("-") else { return false }
        let day = scanner.position
        guard scanner.digits(1...2) else { return false }
        if scanner.isAtEnd { return day - month == 3 && scanner.position - day == 2 }
        if !scanner.take("T"), !scanner.take("t"), !scanner.blanks() { return false }
        guard scanner.digits(1...2), scanner.take(":"), scanner.digits(2...2), scanner.take(":"),
            scanner.digits(2...2)
        else { return false }
        if scanner.take(".") { _ = scanner.digits(0...64) }
        if scanner.isAtEnd { return true }
        _ = scanner.blanks()
        if scanner.take("Z") { return scanner.isAtEnd }
        guard scanner.take("+") || scanner.take("-"), scanner.digits(1...2) else { return false }
        if scanner.isAtEnd { return true }
        return scanner.take(":") && scanner.digits(2...2) && scanner.isAtEnd
    }
}

/// Steps through ASCII text.
struct ByteScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Takes as many digits as the upper bound allows.
    mutating func digits(_ count: ClosedRange<Int>) -> Bool {
        take(where: { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }, count)
    }

    mutating func blanks() -> Bool {
        take(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }, 1...Int.max)
    }

    mutating func take(where matches: (UInt8) -> Bool, _ count: ClosedRange<Int>) -> Bool {
        let start = position
        while let byte = next, position - start < count.upperBound, matches(byte) { position += 1 }
        return position - start >= count.lowerBound
    }
}
