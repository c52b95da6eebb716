/// What the values of channels look like, the same for all layers and charts of one grid.
struct VegaScales: Sendable {
    let x: ChartAxis?
    let y: ChartAxis?
    let color: VegaColors
    /// The names of other looks, in order.
    private(set) var names: [String: [String]] = [:]

    init(of layers: [VegaLayer]) {
        x = Self.axis("x", of: layers)
        y = Self.axis("y", of: layers)
        color = VegaColors(of: layers)
        for channel in ["shape", "strokeDash", "xOffset", "yOffset"] {
            names[channel] = Self.names(of: channel, in: layers)
        }
    }

    /// The place of a name among those of a channel.
    func index(_ channel: String, of item: VegaLayer.Item) -> Int {
        item.name(channel).flatMap { names[channel]?.firstIndex(of: $0) } ?? 0
    }

    /// What a channel is called: as the first layer that says so calls it.
    static func title(_ channel: String, of layers: [VegaLayer]) -> String? {
        layers.lazy.compactMap { $0.channels[channel]?.title }.first { !$0.isEmpty }
    }

    // MARK: Axes

    private static func axis(_ name: String, of layers: [VegaLayer]) -> ChartAxis? {
        let used = layers.filter { $0.channels[name] != nil }
        guard let first = used.first?.channels[name] else { return nil }
        let channels = used.compactMap { $0.channels[name] }
        guard channels.contains(where: \.isQuantitative) else {
            return .names(names(of: name, in: used, first))
        }
        if case .list(let domain)? = channels.lazy.compactMap({ $0.scale.entry("domain") }).first {
            let bounds = domain.compactMap(\.chartNumber)
            let isLogarithmic = channels.contains(where: \.isLogarithmic)
            return .numbers(isLogarithmic ? AxisScale(logarithmic: bounds) : AxisScale(bounds))
        }
        let values = used.flatMap { layer in
            layer.items.flatMap { item in
                let ends = [name, "\(name)2"].compactMap(item.number)
                return layer.mark.isStacked && layer.lengths == name ? ends + [item.start] : ends
            }
        }
        if channels.contains(where: \.isLogarithmic) {
            return .numbers(AxisScale(logarithmic: values))
        }
        return .numbers(AxisScale(values, includesZero: needsZero(name, used)))
    }

    /// What is said counts; else numbers start at zero but for ranges, and the way along which lines and bars stand.
    private static func needsZero(_ name: String, _ layers: [VegaLayer]) -> Bool {
        let said = layers.compactMap { $0.channels[name]?.scale.entry("zero") }
        if !said.isEmpty { return said.contains(true) }
        return layers.contains { layer in
            layer.channels[name]?.binLimit == nil
                && !(layer.mark.hasLengths && layer.lengths != name)
        }
    }

    // MARK: Names

    /// The names of a field in the order that its channel says.
    static func names(_ channel: VegaChannel, in rows: [PlotPoint]) -> [String] {
        ordered(rows.compactMap { row in channel.field.flatMap { row[$0] } }, channel)
    }

    private static func names(
        of name: String,
        in layers: [VegaLayer],
        _ given: VegaChannel? = nil
    ) -> [String] {
        let used = layers.filter { $0.channels[name]?.isVaried == true }
        guard let channel = given ?? used.first?.channels[name] else { return [] }
        let items = used.flatMap(\.items)
        guard case .channel(let other, let isDescending) = channel.order else {
            return ordered(items.compactMap { $0.values[name] }, channel)
        }
        var least: [String: Double] = [:]
        for item in items {
            guard let key = item.name(name) else { continue }
            least[key] = min(least[key] ?? .infinity, item.number(other) ?? .infinity)
        }
        return least.sorted { left, right in
            if left.value == right.value { return left.key < right.key }
            return isDescending ? left.value > right.value : left.value < right.value
        }
        .map(\.key)
    }

    private static func ordered(_ values: [DataValue], _ channel: VegaChannel) -> [String] {
        var seen: Set<String> = []
        let distinct = values.filter { $0 != .null && seen.insert($0.keyText).inserted }
        let domain = channel.scale.entry("domain")?.texts ?? []
        if !domain.isEmpty { return domain }
        switch channel.order {
        case .none: return distinct.map(\.keyText)
        case .names(let names):
            return names + distinct.map(\.keyText).filter { !names.contains($0) }
        case .descending: return distinct.sorted { isBefore($1, $0) }.map(\.keyText)
        case .ascending, .channel: return distinct.sorted(by: isBefore).map(\.keyText)
        }
    }

    private static func isBefore(_ left: DataValue, _ right: DataValue) -> Bool {
        if case .string = left {
        } else if let left = left.chartNumber, let right = right.chartNumber {
            return left < right
        }
        return left.keyText.unicodeScalars.lexicographicallyPrecedes(right.keyText.unicodeScalars)
    }
}

/// Colours of names, or of numbers.
struct VegaColors: Sendable {
    private static let channels = ["color", "stroke", "fill"]
    private static let single = PlotLook.colors[0]
    /// Darker for greater numbers.
    private static let ramp = "#1f6feb"

    private(set) var names: [String] = []
    private var colors: [String] = []
    private var numbers: (lower: Double, upper: Double)?

    init(of layers: [VegaLayer]) {
        let used = layers.compactMap { layer in
            Self.channel(of: layer).map { (layer, $0) }
        }
        guard let first = used.first?.1 else { return }
        let domain = first.channel.scale.entry("domain")
        if first.channel.isQuantitative {
            let bounds = domain?.numbers ?? []
            let values = used.flatMap { layer, found in
                layer.items.compactMap { $0.number(found.name) }
            }
            let all = bounds.isEmpty ? values : bounds
            numbers = all.min().map { ($0, all.max() ?? $0) }
            return
        }
        var seen: Set<String> = []
        let values = used.flatMap { layer, found in layer.items.compactMap { $0.name(found.name) } }
        names = domain?.texts ?? []
        if names.isEmpty { names = values.sorted().filter { seen.insert($0).inserted } }
        let given = first.channel.scale.entry("range")?.texts ?? []
        colors = given.isEmpty ? PlotLook.colors : given
    }

    private static func channel(of layer: VegaLayer) -> (name: String, channel: VegaChannel)? {
        for name in channels {
            if let channel = layer.channels[name], channel.isVaried { return (name, channel) }
        }
        return nil
    }

    /// With how strong it is, from 0 to 1.
    func color(of item: VegaLayer.Item, in layer: VegaLayer) -> (color: String, strength: Double) {
        let opacity = layer.channels["opacity"]?.value?.chartNumber ?? layer.mark.opacity ?? 1
        guard let name = Self.channel(of: layer)?.name else {
            let fixed = Self.channels.lazy.compactMap { layer.channels[$0]?.value?.string }.first
            return (fixed ?? layer.mark.color ?? Self.single, opacity)
        }
        guard let numbers else { return (color(of: item.name(name) ?? ""), opacity) }
        guard let number = item.number(name) else { return ("none", opacity) }
        let span = numbers.upper - numbers.lower
        let share = span > 0 ? (number - numbers.lower) / span : 1
        return (Self.ramp, opacity * (0.08 + 0.92 * min(1, max(0, share))))
    }

    func color(of name: String) -> String {
        guard let index = names.firstIndex(of: name), !colors.isEmpty else { return Self.single }
        return colors[index % colors.count]
    }

    /// What stands in the legend.
    var legend: [(name: String, color: String, strength: Double)] {
        guard let numbers else { return names.map { ($0, color(of: $0), 1) } }
        return [numbers.lower, (numbers.lower + numbers.upper) / 2, numbers.upper].enumerated().map
        {
            (SVGNumber.text($0.element, decimals: 4), Self.ramp, [0.08, 0.54, 1][$0.offset])
        }
    }
}

extension DataValue {
    /// Those of a list.
    fileprivate var numbers: [Double] {
        guard case .list(let items) = self else { return [] }
        return items.compactMap(\.chartNumber)
    }
}
