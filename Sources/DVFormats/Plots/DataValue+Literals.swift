extension DataValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .float(value) }
    package init(arrayLiteral elements: DataValue...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, DataValue)...) {
        self = .mapping(elements.map { (key: $0.0, value: $0.1) })
    }
}

extension DataValue {
    /// A mapping with the entries of `other` behind its own.
    func adding(_ other: DataValue) -> DataValue { .mapping(topValues + other.topValues) }
}
