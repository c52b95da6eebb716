extension DataValue {
    /// The value at a dotted key: names of mappings, numbers for items of lists and for number keys.
    ///
    /// Nil if there is none. A key of the top level that itself holds dots is not found, as in DVC.
    package func value(atDottedKey key: String) -> DataValue? {
        var value = self
        for part in key.split(separator: ".", omittingEmptySubsequences: false) {
            guard let next = value.child(part) else { return nil }
            value = next
        }
        return value
    }

    /// What a stage with these parameters depends on, by key; no keys mean the whole file by its top keys.
    package func values(atDottedKeys keys: [String]) -> [String: DataValue] {
        let pairs =
            keys.isEmpty
            ? topValues.map { ($0.key, $0.value) }
            : keys.compactMap { key in parameter(key).map { (key, $0) } }
        return Dictionary(pairs) { $1 }
    }

    /// The entries at the top, in the file's order, by the text of their keys.
    package var topValues: [(key: String, value: DataValue)] {
        switch self {
        case .mapping(let pairs): pairs
        case .keyedMapping(let pairs): pairs.map { ($0.key.keyText, $0.value) }
        default: []
        }
    }

    private func child(_ name: Substring) -> DataValue? {
        switch self {
        case .mapping(let pairs): pairs.first { $0.key == name }?.value
        case .keyedMapping(let pairs): pairs.first { $0.key.keyText == name }?.value
        case .list(let values): Int(name).flatMap { values.indices.contains($0) ? values[$0] : nil }
        default: nil
        }
    }

    /// The text of a scalar used as a key, as Python's `str` gives it.
    package var keyText: String {
        switch self {
        case .null: "None"
        case .bool(let flag): flag ? "True" : "False"
        case .integer(let number): String(number)
        case .longInteger(let digits): digits
        case .float(let number): PythonFloat.text(number)
        case .string(let text), .timestamp(let text): text
        case .list, .mapping, .keyedMapping: ""
        }
    }
}
