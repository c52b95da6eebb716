/// A value of YAML, JSON or TOML, as parameters, metadata and `dvc.lock` hold it.
///
/// Mappings keep the order of their file; equality ignores it, as Python's does. An integer equals the float of the same value.
package indirect enum DataValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// Beyond 64 bits, as its decimal digits.
    case longInteger(String)
    case float(Double)
    case string(String)
    /// A date or time, kept as its text.
    case timestamp(String)
    case list([DataValue])
    case mapping([(key: String, value: DataValue)])
    /// A mapping with at least one key that is not a string, as YAML allows: `{0: cat, 1: dog}`.
    case keyedMapping([(key: DataValue, value: DataValue)])
}

extension DataValue: Hashable {
    package static func == (left: DataValue, right: DataValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.float(let a), .float(let b)): a == b
        case (.longInteger(let a), .longInteger(let b)): a == b
        case (.integer(let a), .float(let b)), (.float(let b), .integer(let a)): Double(a) == b
        case (.string(let a), .string(let b)), (.timestamp(let a), .timestamp(let b)): a == b
        case (.list(let a), .list(let b)): a == b
        case (.mapping(let a), .mapping(let b)): isSameMapping(a, b)
        case (.keyedMapping(let a), .keyedMapping(let b)): isSameMapping(a, b)
        default: false
        }
    }

    private static func isSameMapping<Key: Hashable>(
        _ left: [(key: Key, value: DataValue)],
        _ right: [(key: Key, value: DataValue)]
    ) -> Bool {
        guard left.count == right.count else { return false }
        let values = Dictionary(right.map { ($0.key, $0.value) }) { _, last in last }
        return left.allSatisfy { values[$0.key] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: break
        case .bool(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(Double(value))
        case .float(let value): hasher.combine(value)
        case .string(let value), .timestamp(let value), .longInteger(let value):
            hasher.combine(value)
        case .list(let values): hasher.combine(values)
        case .mapping(let pairs): hasher.combine(pairs.count)
        case .keyedMapping(let pairs): hasher.combine(pairs.count)
        }
    }
}
