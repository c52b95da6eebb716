/// One point of a plot: its fields in order.
package struct PlotPoint: Sendable {
    package private(set) var fields: [(key: String, value: DataValue)]

    package init(_ fields: [(key: String, value: DataValue)] = []) { self.fields = fields }

    package subscript(name: String) -> DataValue? {
        get { fields.first { $0.key == name }?.value }
        set {
            if let index = fields.firstIndex(where: { $0.key == name }) {
                if let newValue {
                    fields[index].value = newValue
                } else {
                    fields.remove(at: index)
                }
            } else if let newValue {
                fields.append((name, newValue))
            }
        }
    }

    package func has(_ name: String) -> Bool { fields.contains { $0.key == name } }
}

/// The points in a file's data, as DVC finds them: every list of mappings, at any depth of mappings, whose first item has all fields that
/// others have.
///
/// The items of several lists with the same index are one point.
struct PointSearch {
    private(set) var points: [PlotPoint] = []
    /// In the first list that cannot be used; from 1.
    private(set) var firstOddRow: Int?

    init(_ data: DataValue) {
        for list in Self.lists(in: data) {
            let rows = list.compactMap(Self.pairs)
            guard rows.count == list.count, let first = rows.first else { continue }
            let names = Set(first.map(\.key))
            if let odd = rows.firstIndex(where: { !names.isSuperset(of: $0.map(\.key)) }) {
                firstOddRow = firstOddRow ?? odd + 1
                continue
            }
            merge(rows)
        }
    }

    private mutating func merge(_ rows: [[(key: String, value: DataValue)]]) {
        for (index, row) in rows.enumerated() {
            guard index < points.count else {
                points.append(PlotPoint(row))
                continue
            }
            for (key, value) in row { points[index][key] = value }
        }
    }

    /// The last field of the first list that holds mappings only: what is plotted unless something is said.
    static func lastField(in data: DataValue) -> String? {
        for list in lists(in: data) where !list.isEmpty {
            guard list.allSatisfy({ pairs($0) != nil }) else { continue }
            return pairs(list[0])?.last?.key
        }
        return nil
    }

    private static func lists(in data: DataValue) -> [[DataValue]] {
        if case .list(let items) = data { return [items] }
        return data.topValues.flatMap { _, value in
            switch value {
            case .list(let items): [items]
            case .mapping, .keyedMapping: lists(in: value)
            default: [[DataValue]]()
            }
        }
    }

    private static func pairs(_ value: DataValue) -> [(key: String, value: DataValue)]? {
        switch value {
        case .mapping, .keyedMapping: value.topValues
        default: nil
        }
    }
}
