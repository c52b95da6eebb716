/// Marks of one kind, with the values that they show.
struct VegaLayer: Sendable {
    /// One mark.
    struct Item: Sendable {
        /// By channel; what all marks have is among them.
        var values: [String: DataValue]
        /// Where a bar or an area starts, in terms of its axis of lengths.
        var start = 0.0

        func number(_ channel: String) -> Double? { values[channel]?.chartNumber }

        func name(_ channel: String) -> String? { values[channel]?.keyText }
    }

    let mark: VegaMark
    let channels: [String: VegaChannel]
    private(set) var items: [Item] = []

    /// `all` are the rows of the charts beside it too: they have ranges of numbers in common.
    init(_ mark: VegaMark, _ channels: [String: VegaChannel], _ rows: [PlotPoint], all: [PlotPoint])
    {
        self.mark = mark
        self.channels = channels
        let bins = channels.compactMapValues { VegaBins($0, in: all) }
        let groups = channels.values.contains { $0.aggregate != nil } ? grouped(rows, bins) : nil
        items = (groups ?? rows.map { [$0] }).map { item(of: $0, bins) }
        if mark.isStacked { stack() }
    }

    /// Whether bars and areas go up, and not to the right.
    var isUpright: Bool {
        if let orient = mark.orient { return orient == "vertical" }
        guard let x = channels["x"], x.isQuantitative, x.binLimit == nil else { return true }
        guard let y = channels["y"], y.isQuantitative else { return false }
        return y.binLimit == nil && !(x.aggregate != nil && y.aggregate == nil)
    }

    /// The axis along which marks are long.
    var lengths: String { isUpright ? "y" : "x" }

    // MARK: Items

    private static let nothing: DataValue = .null

    private func item(of rows: [PlotPoint], _ bins: [String: VegaBins]) -> Item {
        var values: [String: DataValue] = [:]
        for (name, channel) in channels {
            if let datum = channel.datum { values[name] = datum }
            if let aggregate = channel.aggregate {
                values[name] = aggregate.value(of: channel.field, in: rows)
            } else if let field = channel.field, let value = rows.first?[field] {
                values[name] = value
                guard let range = bins[name]?.range(of: value) else { continue }
                (values[name], values[name + "2"]) = (.float(range.lower), .float(range.upper))
            }
        }
        return Item(values: values)
    }

    /// Those that are the same but for what is counted or summed up; in the order of the data.
    private func grouped(_ rows: [PlotPoint], _ bins: [String: VegaBins]) -> [[PlotPoint]] {
        let keys = channels.filter { $0.value.aggregate == nil && $0.value.field != nil }
        var indices: [[DataValue]: Int] = [:]
        var groups: [[PlotPoint]] = []
        for row in rows {
            let key = keys.map { name, channel in
                let value = channel.field.flatMap { row[$0] } ?? Self.nothing
                return bins[name]?.range(of: value).map { .float($0.lower) } ?? value
            }
            if let index = indices[key] {
                groups[index].append(row)
            } else {
                indices[key] = groups.count
                groups.append([row])
            }
        }
        return groups
    }

    // MARK: Stacks

    /// Bars and areas of several colours start where the last one at the same place ends.
    private mutating func stack() {
        let (axis, place) = isUpright ? ("y", "x") : ("x", "y")
        guard let channel = channels[axis], channel.isQuantitative, channel.isStacking,
            channels["color"]?.isVaried == true || channels["detail"]?.isVaried == true,
            channels["\(place)Offset"]?.isVaried != true
        else { return }
        var ends: [DataValue: (up: Double, down: Double)] = [:]
        // The first of the legend lies on top, as Vega stacks them.
        let order = items.indices.sorted { left, right in
            let (above, below) = (items[left].name("color") ?? "", items[right].name("color") ?? "")
            return above == below ? left < right : above > below
        }
        for index in order {
            guard let length = items[index].number(axis) else { continue }
            let key = items[index].values[place] ?? Self.nothing
            var end = ends[key] ?? (0, 0)
            items[index].start = length < 0 ? end.down : end.up
            if length < 0 { end.down += length } else { end.up += length }
            items[index].values[axis] = .float(items[index].start + length)
            ends[key] = end
        }
    }
}

/// Ranges of numbers with round ends.
struct VegaBins: Sendable {
    private let scale: AxisScale

    /// Nil for a channel whose numbers are not counted in ranges.
    init?(_ channel: VegaChannel, in rows: [PlotPoint]) {
        guard let limit = channel.binLimit, let field = channel.field else { return nil }
        scale = AxisScale(rows.compactMap { $0[field]?.chartNumber }, count: limit)
    }

    func range(of value: DataValue) -> (lower: Double, upper: Double)? {
        guard let number = value.chartNumber, scale.step > 0 else { return nil }
        let last = max(0, ((scale.upper - scale.lower) / scale.step).rounded() - 1)
        let index = min(last, ((number - scale.lower) / scale.step + 1e-9).rounded(.down))
        let start = scale.lower + index * scale.step
        return (start, start + scale.step)
    }
}

/// The kind of marks, and what they look like.
struct VegaMark: Sendable {
    static let known = [
        "line", "point", "circle", "square", "bar", "area", "rect", "text", "rule",
    ]

    let kind: String
    let color: String?
    let opacity: Double?
    /// Beside lines: whether points stand on them.
    let hasPoints: Bool
    let orient: String?
    /// Lines and areas between points are not straight.
    let interpolation: String?

    /// `definition` is a name, or a mapping with it.
    init(_ definition: DataValue) {
        kind = definition.string ?? definition.entry("type")?.string ?? ""
        color =
            (definition.entry("color") ?? definition.entry("stroke")
            ?? definition.entry("fill"))?.string
        opacity = definition.entry("opacity")?.chartNumber
        hasPoints = definition.entry("point").map { $0 != false && $0 != .null } ?? false
        orient = definition.entry("orient")?.string
        interpolation = definition.entry("interpolate")?.string
    }

    var isStacked: Bool { kind == "bar" || kind == "area" }

    /// Whether the axis that is not the one of lengths need not have a zero.
    var hasLengths: Bool { isStacked || kind == "line" }
}
