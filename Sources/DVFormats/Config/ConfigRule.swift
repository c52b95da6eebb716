/// What DVC accepts as the value of an option.
enum ConfigRule: Hashable, Sendable {
    case anything, text, lowercase, bool, boolOrText
    case integer(ClosedRange<Int>)
    case decimal(least: Double)
    case choice([String])
    /// Link types: a list, or text with commas.
    case linkTypes
    /// DVC knows the option but, by a slip in its schema, takes no text for it.
    case refused

    static let number = ConfigRule.integer(Int.min...Int.max)
    static let positive = ConfigRule.integer(1...Int.max)

    /// What was expected, if `value` is not that.
    func problem(with value: ConfigValue) -> String? {
        guard case .string(let text) = value else {
            if self == .anything { return nil }
            return self == .linkTypes ? linkProblem(value.items) : "expected one value, not a list"
        }
        let isBool = ["true", "false"].contains(text.lowercased())
        switch self {
        case .anything, .text, .lowercase, .boolOrText: return nil
        case .bool: return isBool ? nil : "expected true or false"
        case .integer(let range): return integerProblem(text, range)
        case .decimal(let least):
            guard let number = Double(Self.digits(text)), !number.isNaN else {
                return "expected a number"
            }
            return number >= least ? nil : "expected a number of at least \(Int(least))"
        case .choice(let choices):
            return choices.contains(text.lowercased())
                ? nil : "expected one of \(choices.joined(separator: ", "))"
        case .linkTypes: return linkProblem(value.items)
        case .refused: return "an option that DVC refuses whatever its value; unset it"
        }
    }

    /// The value as DVC normalises it.
    func normalized(_ value: ConfigValue) -> ConfigValue {
        switch (self, value) {
        case (.lowercase, .string(let text)), (.bool, .string(let text)),
            (.choice, .string(let text)):
            .string(text.lowercased())
        case (.integer, .string(let text)), (.decimal, .string(let text)):
            .string(Self.digits(text))
        case (.linkTypes, _): .list(value.items)
        default: value
        }
    }

    private func integerProblem(_ text: String, _ range: ClosedRange<Int>) -> String? {
        guard let number = Int(Self.digits(text)) else { return "expected a whole number" }
        if range.contains(number) { return nil }
        return range.upperBound == .max
            ? "expected a whole number of at least \(range.lowerBound)"
            : "expected a whole number from \(range.lowerBound) to \(range.upperBound)"
    }

    /// A number as Python writes it, without white space around it and without underscores between its digits.
    private static func digits(_ text: String) -> String {
        let digits = text.trimmingSpace()
        let parts = digits.split(separator: "_", omittingEmptySubsequences: false)
        let isGrouped = parts.allSatisfy { $0.first?.isNumber == true && $0.last?.isNumber == true }
        return isGrouped ? parts.joined() : digits
    }

    private func linkProblem(_ items: [String]) -> String? {
        let known = ["reflink", "hardlink", "symlink", "copy"]
        let wrong = items.filter { !known.contains($0) }
        guard !wrong.isEmpty else { return nil }
        return "Unsupported cache type(s): \(wrong.joined(separator: ", ")); "
            + "expected some of \(known.joined(separator: ", "))"
    }
}

extension ConfigValue {
    /// The items of a list, or of text with commas.
    package var items: [String] {
        switch self {
        case .list(let items): items
        case .string(let text):
            text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingSpace() }
        }
    }
}
