/// Whole numbers beyond 64 bits, as Python has them without a limit: their decimal digits.
enum LongInteger {
    /// Python refuses to read more.
    private static let maximumDigits = 4300

    /// The value of digits without a sign; nil if one is none of `radix`, or there are too many.
    static func value(_ digits: some StringProtocol, radix: Int, isNegative: Bool) -> DataValue? {
        guard !digits.isEmpty, digits.count <= maximumDigits else { return nil }
        // Nine decimal digits each, the lowest first.
        var parts: [UInt64] = [0]
        for character in digits {
            guard let digit = character.hexDigitValue, digit < radix else { return nil }
            var carry = UInt64(digit)
            for index in parts.indices {
                let sum = parts[index] * UInt64(radix) + carry
                parts[index] = sum % 1_000_000_000
                carry = sum / 1_000_000_000
            }
            if carry > 0 { parts.append(carry) }
        }
        return .longInteger((isNegative ? "-" : "") + text(of: parts))
    }

    private static func text(of parts: [UInt64]) -> String {
        let rest = parts.dropLast().reversed().map { part in
            let digits = String(part)
            return String(repeating: "0", count: 9 - digits.count) + digits
        }
        return String(parts.last ?? 0) + rest.joined()
    }
}
