import DVFormats

/// The parameters in a parsed file, by the keys that stages name.
package struct ParameterValues: Sendable {
    private let root: DataValue

    package init(_ root: DataValue) {
        self.root = root
    }

    /// The value at a dotted key: `train.lr`, `layers.0`; nil if there is none.
    package subscript(key: String) -> DataValue? { root.value(atDottedKey: key) }

    /// The keys at the top, in the file's order.
    package var topKeys: [String] { topValues.map(\.key) }

    /// What a stage with these keys depends on, by key; no keys mean the whole file by its top keys.
    package func selected(_ keys: [String]) -> [String: DataValue] {
        var values: [String: DataValue] = [:]
        if keys.isEmpty {
            for (key, value) in topValues { values[key] = value }
        }
        for key in keys { values[key] = self[key] }
        return values
    }

    private var topValues: [(key: String, value: DataValue)] {
        switch root {
        case .mapping(let pairs): pairs
        case .keyedMapping(let pairs): pairs.map { ($0.key.keyText, $0.value) }
        default: []
        }
    }
}
