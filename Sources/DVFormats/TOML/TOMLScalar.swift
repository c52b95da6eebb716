/// Words of TOML that are values: numbers, truth values, dates and times.
enum TOMLScalar {
    /// Nil if the word is none of them.
    static func parse(_ word: String) -> DataValue? {
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "inf", "+inf": return .float(.infinity)
        case "-inf": return .float(-.infinity)
        case "nan", "+nan", "-nan": return .float(.nan)
        default:
            return integer(word) ?? float(word) ?? date(word)
        }
    }

    // MARK: Numbers

    private static func integer(_ word: String) -> DataValue? {
        let radices = ["0x": 16, "0o": 8, "0b": 2]
        if let radix = radices[String(word.prefix(2))] {
            guard let digits = digits(word.dropFirst(2), { $0.isHexDigit }) else { return nil }
            if let value = Int(digits, radix: radix) { return .integer(value) }
            return LongInteger.value(digits, radix: radix, isNegative: false)
        }
        guard let digits = wholeNumber(word[...]) else { return nil }
        if let value = Int(digits) { return .integer(value) }
        let isNegative = digits.hasPrefix("-")
        let isSigned = isNegative || digits.hasPrefix("+")
        return LongInteger.value(
            digits.dropFirst(isSigned ? 1 : 0),
            radix: 10,
            isNegative: isNegative
        )
    }

    private static func float(_ word: String) -> DataValue? {
        let parts = word.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, mantissa.count <= 2, parts.count + mantissa.count > 2,
            var text = wholeNumber(mantissa[0])
        else { return nil }
        if mantissa.count == 2 {
            guard let fraction = digits(mantissa[1], isDigit) else { return nil }
            text += "." + fraction
        }
        if parts.count == 2 {
            let isSigned = parts[1].hasPrefix("-") || parts[1].hasPrefix("+")
            guard let exponent = digits(parts[1].dropFirst(isSigned ? 1 : 0), isDigit) else {
                return nil
            }
            text += "e" + (isSigned ? parts[1].prefix(1) : "") + exponent
        }
        return Double(text).map { .float($0) }
    }

    /// Decimal digits with a sign or none, no zero before others.
    private static func wholeNumber(_ text: Substring) -> String? {
        let isSigned = text.hasPrefix("-") || text.hasPrefix("+")
        guard let digits = digits(text.dropFirst(isSigned ? 1 : 0), isDigit),
            digits.count == 1 || !digits.hasPrefix("0")
        else { return nil }
        return text.prefix(isSigned ? 1 : 0) + digits
    }

    private static func isDigit(_ character: Character) -> Bool {
        character.isASCII && character.isNumber
    }

    /// The digits of `text`, between any two of which there may be one underscore.
    private static func digits(_ text: Substring, _ isDigit: (Character) -> Bool) -> String? {
        let groups = text.split(separator: "_", omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
        return groups.joined()
    }

    // MARK: Dates and times

    /// A date: `1979-05-27`.
    static func isDate(_ word: String) -> Bool {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[0], 4), let month = number(parts[1], 2),
            let day = number(parts[2], 2), year > 0, (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...lengths[month - 1]).contains(day)
    }

    /// A date and a time that a blank separates.
    static func dateAndTime(_ date: String, _ time: String) -> DataValue? {
        isDate(date) ? timeWithZone(time).map { .timestamp("\(date) \($0)") } : nil
    }

    /// A time alone is a text for YAML, which `dvc.lock` is written in.
    private static func date(_ word: String) -> DataValue? {
        if isDate(word) { return .timestamp(word) }
        if isTime(word[...]) { return .string(word) }
        let date = String(word.prefix(10))
        guard isDate(date), let letter = word.dropFirst(10).first, "Tt".contains(letter) else {
            return nil
        }
        return timeWithZone(String(word.dropFirst(11))).map { .timestamp("\(date)T\($0)") }
    }

    /// The time, with an upper-case `Z`: YAML knows no other.
    private static func timeWithZone(_ text: String) -> String? {
        if text.last == "Z" || text.last == "z" {
            return isTime(text.dropLast()) ? text.dropLast() + "Z" : nil
        }
        guard let sign = text.lastIndex(where: { "+-".contains($0) }) else {
            return isTime(text[...]) ? text : nil
        }
        let zone = text[sign...].dropFirst() + ":00"
        return isTime(text[..<sign]) && zone.count == 8 && isTime(zone) ? text : nil
    }

    /// A time: `07:32:00.25`.
    private static func isTime(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let clock = parts[0].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2,
            parts.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
            clock.count == 3, let hour = number(clock[0], 2), let minute = number(clock[1], 2),
            let second = number(clock[2], 2)
        else { return false }
        return hour < 24 && minute < 60 && second < 60
    }

    private static func number(_ text: Substring, _ count: Int) -> Int? {
        text.count == count && text.allSatisfy(isDigit) ? Int(text) : nil
    }
}
