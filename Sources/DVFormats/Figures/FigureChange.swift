/// A metric or parameter that differs between two moments.
package struct FigureChange: Hashable, Sendable {
    /// Null where there is none.
    package let old: DataValue
    package let new: DataValue
    /// New minus old, of two numbers.
    package let difference: DataValue?
}

/// Finds what differs between the values of a file at two moments, by dotted key, as DVC does.
package struct FigureComparison: Sendable {
    package typealias Keyed = (key: String, change: FigureChange)

    private let isKeepingEqual: Bool

    /// `isKeepingEqual`: values that are the same count as changes.
    package init(isKeepingEqual: Bool) {
        self.isKeepingEqual = isKeepingEqual
    }

    /// Sorted by key; nil is a file that is not there.
    ///
    /// A file that is one value has an empty key.
    package func changes(from old: DataValue?, to new: DataValue?) -> [Keyed] {
        let (old, new) = (Self.read(old), Self.read(new))
        guard old.isMapping || new.isMapping else {
            return change(from: old, to: new).map { [("", $0)] } ?? []
        }
        let (before, after) = (FlatFigures(old), FlatFigures(new))
        let keys = Set(before.keys).union(after.keys)
        return keys.sorted(by: Self.isBefore).compactMap { key in
            change(from: before[key], to: after[key]).map { (key, $0) }
        }
    }

    /// Python's order of texts.
    package static func isBefore(_ left: String, _ right: String) -> Bool {
        left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
    }

    /// DVC takes a text that is the whole file for JSON, and so a list.
    private static func read(_ value: DataValue?) -> DataValue {
        switch value {
        case nil: .mapping([])
        case .string(let text)?: json(text) ?? .string(text)
        case .list(let items)?:
            json(DataValue.list(items).pythonLiteral)
                ?? .string(DataValue.list(items).pythonLiteral)
        case let value?: value
        }
    }

    private static func json(_ text: String) -> DataValue? {
        do throws(FormatError) {
            return try JSONParser.parse(Array(text.utf8), file: "")
        } catch {
            return nil
        }
    }

    private func change(from old: DataValue, to new: DataValue) -> FigureChange? {
        if case .list(let before) = old, case .list(let after) = new, before.count == 1,
            after.count == 1
        {
            return change(from: before[0], to: after[0])
        }
        if !isKeepingEqual, Self.isSame(old, new) { return nil }
        return FigureChange(old: old, new: new, difference: new.minus(old))
    }

    /// For Python, true is 1.
    private static func isSame(_ left: DataValue, _ right: DataValue) -> Bool {
        left.countingFlags == right.countingFlags
    }
}

/// The values of a file by dotted key.
struct FlatFigures {
    private let values: [String: DataValue]
    private let absent: DataValue

    init(_ value: DataValue) {
        if value.isMapping || value.isFalsy {
            values = Dictionary(value.flattened.map { ($0.key, $0.value) }) { $1 }
            absent = .null
        } else {
            values = [:]
            // What DVC says where the other side has keys.
            absent = .string("unable to parse")
        }
    }

    var keys: Dictionary<String, DataValue>.Keys { values.keys }

    /// Lists are texts, as DVC compares and prints them.
    subscript(key: String) -> DataValue {
        let value = values[key] ?? absent
        if case .list = value { return .string(value.pythonLiteral) }
        return value
    }
}
