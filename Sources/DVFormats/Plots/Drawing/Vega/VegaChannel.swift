/// A channel of an encoding: what the place or the look of marks stands for.
struct VegaChannel: Sendable {
    enum Order: Sendable {
        case ascending, descending
        /// That of the data.
        case none
        case names([String])
        /// By the smallest number that another channel has.
        case channel(String, isDescending: Bool)
    }

    /// Nil for counts, and for what is the same for all marks.
    let field: String?
    let isQuantitative: Bool
    let aggregate: VegaAggregate?
    /// How many ranges there are at most for numbers.
    let binLimit: Int?
    let title: String?
    /// The same for all marks: in terms of the look, or of the data.
    let value: DataValue?
    let datum: DataValue?
    let order: Order
    let scale: DataValue
    let format: String?
    /// Whether bars of several colours start where the last one ends.
    let isStacking: Bool

    init(_ definition: DataValue) {
        field = definition.entry("field")?.string.map(Self.unescaped)
        value = definition.entry("value")
        datum = definition.entry("datum")
        aggregate = definition.entry("aggregate").flatMap(VegaAggregate.init)
        binLimit = Self.binLimit(definition.entry("bin"))
        let type = definition.entry("type")?.string
        let isNumber = aggregate != nil || binLimit != nil || datum?.chartNumber != nil
        isQuantitative = type.map { $0 == "quantitative" } ?? isNumber
        title = Self.title(definition)
        order = Self.order(definition.entry("sort"))
        scale = definition.entry("scale") ?? [:]
        format = definition.entry("format")?.string
        isStacking = !(definition.entry("stack").map { $0 == .null || $0 == false } ?? false)
    }

    /// Of an axis.
    var isLogarithmic: Bool { scale.entry("type")?.string == "log" }

    /// Whether marks differ in it.
    var isVaried: Bool { field != nil || aggregate != nil }

    /// In names of fields, a backslash stands before dots and brackets.
    private static func unescaped(_ text: String) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            result.append(character)
            isEscaped = false
        }
        return result
    }

    private static func binLimit(_ bin: DataValue?) -> Int? {
        switch bin {
        case .bool(true)?: return 10
        case .mapping?:
            guard case .integer(let count)? = bin?.entry("maxbins") else { return 10 }
            return max(1, count)
        default: return nil
        }
    }

    private static func title(_ definition: DataValue) -> String? {
        if let title = definition.entry("title") { return title.string ?? "" }
        let field = definition.entry("field")?.string.map(unescaped)
        guard let operation = definition.entry("aggregate")?.string else { return field }
        guard let field else { return "Count of Records" }
        return "\(operation.prefix(1).uppercased())\(operation.dropFirst()) of \(field)"
    }

    private static func order(_ sort: DataValue?) -> Order {
        switch sort {
        case .null?: return .none
        case .list(let names)?: return names.isEmpty ? .none : .names(names.map(\.keyText))
        case .string("descending")?: return .descending
        case .string(let text)?:
            let channel = text.hasPrefix("-") ? String(text.dropFirst()) : text
            guard ["x", "y"].contains(channel) else { return .ascending }
            return .channel(channel, isDescending: text.hasPrefix("-"))
        default: return .ascending
        }
    }
}

/// What stands for many values.
enum VegaAggregate: Sendable {
    case count, sum, mean, median, minimum, maximum
    /// The value where another field has its greatest or its smallest number.
    case greatest(of: String)
    case smallest(of: String)

    /// Nil for others.
    init?(_ value: DataValue) {
        if let field = value.entry("argmax")?.string {
            self = .greatest(of: field)
        } else if let field = value.entry("argmin")?.string {
            self = .smallest(of: field)
        } else {
            switch value.string {
            case "count": self = .count
            case "sum": self = .sum
            case "mean", "average": self = .mean
            case "median": self = .median
            case "min": self = .minimum
            case "max": self = .maximum
            default: return nil
            }
        }
    }

    func value(of field: String?, in rows: [PlotPoint]) -> DataValue {
        let numbers = rows.compactMap { row in field.flatMap { row[$0]?.chartNumber } }
        switch self {
        case .count: return .integer(rows.count)
        case .sum: return .float(numbers.reduce(0, +))
        case .minimum: return numbers.min().map { .float($0) } ?? .null
        case .maximum: return numbers.max().map { .float($0) } ?? .null
        case .greatest(let other): return Self.value(of: field, in: rows, by: other) { $0 > $1 }
        case .smallest(let other): return Self.value(of: field, in: rows, by: other) { $0 < $1 }
        case .mean where numbers.isEmpty, .median where numbers.isEmpty: return .null
        case .mean: return .float(numbers.reduce(0, +) / Double(numbers.count))
        case .median:
            let sorted = numbers.sorted()
            let middle = sorted[(sorted.count - 1) / 2] / 2 + sorted[sorted.count / 2] / 2
            return .float(middle)
        }
    }

    private static func value(
        of field: String?,
        in rows: [PlotPoint],
        by other: String,
        _ isBetter: (Double, Double) -> Bool
    ) -> DataValue {
        var best: (number: Double, row: PlotPoint)?
        for row in rows {
            guard let number = row[other]?.chartNumber else { continue }
            if best.map({ isBetter(number, $0.number) }) ?? true { best = (number, row) }
        }
        return field.flatMap { best?.row[$0] } ?? .null
    }
}

extension DataValue {
    /// The value of a key of a mapping.
    func entry(_ key: String) -> DataValue? { topValues.first { $0.key == key }?.value }

    /// Nil for what is no text.
    var string: String? { if case .string(let text) = self { text } else { nil } }
}
