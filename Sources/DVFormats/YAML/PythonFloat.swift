/// Floats as Python prints them: the shortest digits that read back as the same number.
enum PythonFloat {
    static func text(_ value: Double) -> String {
        if value.isNaN { return ".nan" }
        if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
        let (digits, exponent) = decompose(value.magnitude)
        let sign = value.sign == .minus ? "-" : ""
        return sign
            + ((-4..<16).contains(exponent)
                ? fixed(digits, exponent) : scientific(digits, exponent))
    }

    /// The same, with Python's names for what is no number.
    static func literal(_ value: Double) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        return text(value)
    }

    /// Significant digits and the exponent of the first: 0.00123 is ("123", -3).
    private static func decompose(_ value: Double) -> (digits: String, exponent: Int) {
        let parts = value.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let whole = mantissa[0]
        let all = whole + (mantissa.count > 1 ? mantissa[1] : "")
        let significant = all.drop { $0 == "0" }
        guard !significant.isEmpty else { return ("0", 0) }
        var digits = significant
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        let written = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let leading = all.count - significant.count
        return (String(digits), written + whole.count - 1 - leading)
    }

    private static func fixed(_ digits: String, _ exponent: Int) -> String {
        if exponent < 0 {
            return "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        let whole = exponent + 1
        if digits.count <= whole {
            return digits + String(repeating: "0", count: whole - digits.count) + ".0"
        }
        return digits.prefix(whole) + "." + digits.dropFirst(whole)
    }

    private static func scientific(_ digits: String, _ exponent: Int) -> String {
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        let size = String(exponent.magnitude)
        return digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+")
            + (size.count < 2 ? "0" + size : size)
    }
}
