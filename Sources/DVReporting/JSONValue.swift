/// A JSON value, written as Python's `json.dumps` writes it: scripts that read DVC's `--json` output see the same bytes.
package indirect enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// A whole number of any length, by its decimal digits.
    case digits(String)
    case float(Double)
    case string(String)
    case array([JSONValue])
    /// Keys keep this order unless sorting is asked for.
    case object([(key: String, value: JSONValue)])
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { (key: $0.0, value: $0.1) })
    }
}

extension JSONValue {
    /// The text: ASCII only, `", "` and `": "` between values, floats in their shortest exact form.
    ///
    /// - Parameters:
    ///   - indent: spaces per level, one value per line; nil for a single line.
    ///   - sortingKeys: whether objects are written in the order of their keys.
    /// - Returns: the text, without a line end.
    package func serialized(indent: Int? = nil, sortingKeys: Bool = false) -> String {
        var writer = JSONWriter(indent: indent, isSorting: sortingKeys)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
