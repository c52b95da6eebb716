import DVFormats
import DVReporting

extension JSONValue {
    /// What Python's `json.dumps` makes of a value that was read from YAML.
    package init(_ value: DataValue) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .integer(let number): self = .integer(number)
        case .longInteger(let digits): self = .digits(digits)
        case .float(let number): self = .float(number)
        case .string(let text), .timestamp(let text): self = .string(text)
        case .list(let items): self = .array(items.map { JSONValue($0) })
        case .mapping(let pairs): self = .object(pairs.map { ($0.key, JSONValue($0.value)) })
        case .keyedMapping(let pairs):
            self = .object(pairs.map { (Self.key($0.key), JSONValue($0.value)) })
        }
    }

    private static func key(_ value: DataValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        default: value.pythonText
        }
    }
}
