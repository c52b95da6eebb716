/// Values of files of metrics and parameters.
extension DataValue {
    /// The metrics among the values: numbers, flags and texts; the rest is left out, and mappings that are empty then.
    package var metrics: DataValue { (metric ?? .null).orEmptyMapping }

    private var metric: DataValue? {
        switch self {
        case .bool, .integer, .longInteger, .float, .string: self
        case .mapping(let pairs): .mapping(pairs.compactMap(Self.metric))
        case .keyedMapping(let pairs): .keyedMapping(pairs.compactMap(Self.metric))
        case .null, .timestamp, .list: nil
        }
    }

    private static func metric<Key>(
        _ pair: (key: Key, value: DataValue)
    ) -> (key: Key, value: DataValue)? {
        guard let value = pair.value.metric, !value.isEmptyMapping else { return nil }
        return (pair.key, value)
    }

    /// What Python's `value or {}` gives: nothing, zero and empty texts and lists are an empty mapping.
    package var orEmptyMapping: DataValue { isFalsy ? .mapping([]) : self }

    /// The values inside of mappings, by dotted key, in the order of the file; empty mappings are left out.
    package var flattened: [(key: String, value: DataValue)] {
        var found: [(key: String, value: DataValue)] = []
        flatten(behind: "", into: &found)
        return found
    }

    private func flatten(behind lead: String, into found: inout [(key: String, value: DataValue)]) {
        for (key, value) in topValues {
            if value.isMapping {
                value.flatten(behind: lead + key + ".", into: &found)
            } else {
                found.append((lead + key, value))
            }
        }
    }

    package var isMapping: Bool {
        switch self {
        case .mapping, .keyedMapping: true
        default: false
        }
    }

    var isEmptyMapping: Bool { isMapping && topValues.isEmpty }

    /// What Python takes for false.
    var isFalsy: Bool {
        switch self {
        case .null, .bool(false), .integer(0), .string(""): true
        case .float(let number): number == 0
        case .list(let items): items.isEmpty
        default: isEmptyMapping
        }
    }
}

/// Numbers as Python has them: flags are 0 and 1.
extension DataValue {
    var countingFlags: DataValue {
        if case .bool(let flag) = self { .integer(flag ? 1 : 0) } else { self }
    }

    /// The difference of two numbers, whole if both are; nil if one is none.
    func minus(_ other: DataValue) -> DataValue? {
        switch (countingFlags, other.countingFlags) {
        case (.integer(let left), .integer(let right)):
            return .whole(Int128(left) - Int128(right))
        case (let left, let right):
            if let left = left.wholeNumber, let right = right.wholeNumber {
                let (difference, isBeyond) = left.subtractingReportingOverflow(right)
                return isBeyond ? nil : .whole(difference)
            }
            guard let left = left.number, let right = right.number else { return nil }
            return .float(left - right)
        }
    }

    private static func whole(_ number: Int128) -> DataValue {
        Int(exactly: number).map { .integer($0) } ?? .longInteger(String(number))
    }

    private var wholeNumber: Int128? {
        switch self {
        case .integer(let number): Int128(number)
        case .longInteger(let digits): Int128(digits)
        default: nil
        }
    }

    private var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .longInteger(let digits): Double(digits)
        case .float(let number): number
        default: nil
        }
    }
}
