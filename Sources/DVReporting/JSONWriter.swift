/// Appends values to a text as Python's `json.dumps` does.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let indent: Int?
    private let isSorting: Bool
    private var depth = 0

    init(indent: Int?, isSorting: Bool) {
        self.indent = indent
        self.isSorting = isSorting
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .integer(let value): append(String(value))
        case .digits(let value): append(value)
        case .float(let value): append(Self.text(of: value))
        case .string(let text): write(text)
        case .array(let values): write(values)
        case .object(let pairs): write(pairs)
        }
    }

    private mutating func write(_ values: [JSONValue]) {
        guard !values.isEmpty else { return append("[]") }
        open("[")
        for (index, value) in values.enumerated() {
            separate(isFirst: index == 0)
            write(value)
        }
        close("]")
    }

    private mutating func write(_ pairs: [(key: String, value: JSONValue)]) {
        guard !pairs.isEmpty else { return append("{}") }
        let ordered =
            isSorting
            ? pairs.sorted {
                $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
            }
            : pairs
        open("{")
        for (index, pair) in ordered.enumerated() {
            separate(isFirst: index == 0)
            write(pair.key)
            append(": ")
            write(pair.value)
        }
        close("}")
    }

    private mutating func open(_ bracket: String) {
        append(bracket)
        depth += 1
    }

    private mutating func close(_ bracket: String) {
        depth -= 1
        breakLine()
        append(bracket)
    }

    /// With an indent Python ends the line after the comma, without a space.
    private mutating func separate(isFirst: Bool) {
        if !isFirst { append(indent == nil ? ", " : ",") }
        breakLine()
    }

    private mutating func breakLine() {
        guard let indent else { return }
        append("\n")
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * depth))
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        if text.utf8.allSatisfy(Self.isPlain) { return append(text) }
        for unit in text.utf16 {
            switch unit {
            case 0x22: append("\\\"")
            case 0x5C: append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0x08: append("\\b")
            case 0x0C: append("\\f")
            case 0x20...0x7E: bytes.append(UInt8(truncatingIfNeeded: unit))
            default:
                let hex = String(unit, radix: 16)
                append("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
            }
        }
    }

    /// Stands for itself in a text.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// Python's `repr`: the shortest digits that give the number back, with an exponent below 1e-4 and from 1e16.
    static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        let sign = number.sign == .minus ? "-" : ""
        guard number != 0 else { return sign + "0.0" }
        let (digits, point) = shortestDigits(of: number.magnitude)
        if point > -4, point <= 16 {
            if point <= 0 {
                return sign + "0." + String(repeating: "0", count: -point) + digits
            }
            if digits.count <= point {
                return sign + digits + String(repeating: "0", count: point - digits.count) + ".0"
            }
            return sign + digits.prefix(point) + "." + digits.dropFirst(point)
        }
        let exponent = point - 1
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        let padding = abs(exponent) < 10 ? "0" : ""
        return sign + digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+") + padding
            + String(abs(exponent))
    }

    /// The digits without zeros around them, and where the decimal point lies among them.
    private static func shortestDigits(of number: Double) -> (digits: String, point: Int) {
        let parts = number.description.split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = halves.count > 1 ? halves[1] : ""
        var digits = halves[0] + fraction
        var point = halves[0].count + exponent
        while digits.hasPrefix("0") {
            digits.removeFirst()
            point -= 1
        }
        while digits.hasSuffix("0") { digits.removeLast() }
        return (String(digits), point)
    }
}
