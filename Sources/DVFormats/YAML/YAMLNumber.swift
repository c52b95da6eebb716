/// Numbers of YAML 1.2 as DVC's parser reads them.
enum YAMLNumber {
    /// Nil if the text is not a number, or one that DVC cannot read either (`0b_`).
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> DataValue? {
        switch kind(of: bytes) {
        case .integer(let radix): integer(bytes, radix: radix)
        case .float: Double(digits(bytes)).map { .float($0) }
        case .infinity: .float(bytes[0] == UInt8(ascii: "-") ? -.infinity : .infinity)
        case .notANumber: .float(.nan)
        case nil: nil
        }
    }

    /// Whether the text has the form of a number, so that a string of this text must be quoted.
    static func looksLikeNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        kind(of: bytes) != nil
    }

    private enum Kind {
        case integer(radix: Int)
        case float, infinity, notANumber
    }

    private static func kind(of bytes: UnsafeBufferPointer<UInt8>) -> Kind? {
        guard let first = bytes.first, first <= UInt8(ascii: "9") else { return nil }
        if isFloat(bytes) { return .float }
        var scanner = ByteScanner(bytes)
        let isSigned = scanner.take("-") || scanner.take("+")
        if scanner.next == UInt8(ascii: ".") {
            let word = String(decoding: bytes[scanner.position...], as: UTF8.self)
            if [".inf", ".Inf", ".INF"].contains(word) { return .infinity }
            if !isSigned, [".nan", ".NaN", ".NAN"].contains(word) { return .notANumber }
            return nil
        }
        return integerKind(&scanner)
    }

    private static func integerKind(_ scanner: inout ByteScanner) -> Kind? {
        let start = scanner
        if scanner.take("0") {
            if scanner.take("b") {
                return isRest(&scanner, below: 2) ? .integer(radix: 2) : nil
            }
            if scanner.take("x") {
                let isHex = scanner.take(
                    where: { hexValue($0) != nil || $0 == underscore },
                    1...Int.max
                )
                return isHex && scanner.isAtEnd ? .integer(radix: 16) : nil
            }
            if scanner.take("o") {
                return isRest(&scanner, below: 8) ? .integer(radix: 8) : nil
            }
        }
        scanner = start
        return isRest(&scanner, below: 10) ? .integer(radix: 10) : nil
    }

    private static let underscore = UInt8(ascii: "_")

    private static func isRest(_ scanner: inout ByteScanner, below radix: UInt8) -> Bool {
        let matches = scanner.take(
            where: { $0 == underscore || ($0 >= 48 && $0 < 48 + radix) },
            1...Int.max
        )
        return matches && scanner.isAtEnd
    }

    /// `1.`, `1.5e3`, `1e3`, `.5`, `.5e+3`; not `.5e3`.
    private static func isFloat(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(bytes)
        _ = scanner.take("-") || scanner.take("+")
        let isDigit = { (byte: UInt8) in byte >= 48 && byte < 58 }
        let isDigitOrUnderscore = { (byte: UInt8) in isDigit(byte) || byte == underscore }
        if scanner.take(".") {
            guard scanner.take(where: isDigitOrUnderscore, 1...Int.max) else { return false }
            return scanner.isAtEnd || exponent(&scanner, needsSign: true)
        }
        guard scanner.take(where: isDigit, 1...1) else { return false }
        _ = scanner.take(where: isDigitOrUnderscore, 0...Int.max)
        if scanner.take(".") {
            _ = scanner.take(where: isDigitOrUnderscore, 0...Int.max)
            return scanner.isAtEnd || exponent(&scanner, needsSign: false)
        }
        return exponent(&scanner, needsSign: false)
    }

    private static func exponent(_ scanner: inout ByteScanner, needsSign: Bool) -> Bool {
        guard scanner.take("e") || scanner.take("E") else { return false }
        let hasSign = scanner.take("-") || scanner.take("+")
        return (hasSign || !needsSign) && scanner.digits(1...Int.max) && scanner.isAtEnd
    }

    private static func digits(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes.filter { $0 != underscore }, as: UTF8.self)
    }

    private static func integer(
        _ bytes: UnsafeBufferPointer<UInt8>,
        radix: Int
    ) -> DataValue? {
        var text = digits(bytes)[...]
        let isNegative = text.first == "-"
        if text.first == "-" || text.first == "+" { text = text.dropFirst() }
        if radix != 10 { text = text.dropFirst(2) }
        guard !text.isEmpty else { return nil }
        if let value = Int((isNegative ? "-" : "") + text, radix: radix) { return .integer(value) }
        return LongInteger.value(text, radix: radix, isNegative: isNegative) ?? .float(.infinity)
    }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
