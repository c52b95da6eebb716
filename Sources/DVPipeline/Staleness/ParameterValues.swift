import DVFormats

/// Dotted keys over a parsed parameter file.
package struct ParameterValues: Sendable {
    private let root: DataValue

    package init(_ root: DataValue) {
        self.root = root
    }

    /// The value at `key`: `train.lr`, `layers.0`; nil if there is none.
    package subscript(key: String) -> DataValue? {
        var current = root
        for part in key.split(separator: ".") {
            switch current {
            case .mapping(let pairs):
                guard let next = pairs.last(where: { $0.key == part }) else { return nil }
                current = next.value
            case .list(let values):
                guard let position = Int(part), values.indices.contains(position) else {
                    return nil
                }
                current = values[position]
            default: return nil
            }
        }
        return current
    }

    /// The keys at the top, in the file's order.
    package var topKeys: [String] {
        guard case .mapping(let pairs) = root else { return [] }
        return pairs.map(\.key)
    }

    /// What a stage with these keys depends on, by key; no keys mean the whole file by its top keys.
    package func selected(_ keys: [String]) -> [String: DataValue] {
        var values: [String: DataValue] = [:]
        if keys.isEmpty, case .mapping(let pairs) = root {
            for (key, value) in pairs { values[key] = value }
        }
        for key in keys { values[key] = self[key] }
        return values
    }
}
