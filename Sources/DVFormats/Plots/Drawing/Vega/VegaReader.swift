/// Reads of a Vega-Lite specification what pictures can show, and tells what they cannot.
struct VegaReader {
    /// What the parts of a specification have from those around them.
    private struct Context {
        var rows: [PlotPoint] = []
        /// Those of all charts of a grid.
        var allRows: [PlotPoint] = []
        var channels: [(key: String, value: DataValue)] = []
        var title: String?
        var width: Double?
        var height: Double?
        /// Numbers that readers may change.
        var parameters: [String: Double] = [:]
        /// Nothing is drawn of it.
        var isLeftOut = false
    }

    /// Features, each once, that a picture is without.
    private(set) var omissions: [String] = []

    mutating func scene(_ specification: DataValue) -> VegaScene {
        scene(specification, Context())
    }

    mutating func omit(_ feature: String) {
        if !omissions.contains(feature) { omissions.append(feature) }
    }

    // MARK: Grids

    private mutating func scene(_ part: DataValue, _ outer: Context) -> VegaScene {
        let context = entered(part, outer)
        for name in ["hconcat", "vconcat", "concat"] {
            guard case .list(let parts)? = part.entry(name) else { continue }
            let columns = name == "vconcat" ? 1 : name == "hconcat" ? max(1, parts.count) : 2
            let scenes = parts.map { scene($0, context) }
            return .grid(scenes, columns: columns, title: context.title)
        }
        let facets = facets(of: part, context)
        guard facets.isEmpty else { return grid(part, context, facets) }
        return .chart(chart(part, context))
    }

    private static let cellLimit = 400

    private typealias Facet = (channel: String, definition: VegaChannel, columns: Int?)

    private func facets(of part: DataValue, _ context: Context) -> [Facet] {
        var definitions = context.channels.filter { ["row", "column", "facet"].contains($0.key) }
        if let facet = part.entry("facet") {
            let isOne = facet.entry("field") != nil
            definitions += isOne ? [("facet", facet)] : facet.topValues
        }
        return definitions.compactMap { name, value in
            let channel = VegaChannel(value)
            guard channel.field != nil else { return nil }
            let count = (value.entry("columns") ?? part.entry("columns"))?.chartNumber
            return (name, channel, count.map { Int(max(1, min($0, 100))) })
        }
    }

    /// A chart for each value of each facet; all have the same axes.
    private mutating func grid(
        _ part: DataValue,
        _ context: Context,
        _ facets: [Facet]
    ) -> VegaScene {
        var cells = [(rows: context.rows, name: "")]
        var columns = 1
        // Rows come first: the columns of one row stand side by side.
        for facet in facets.sorted(by: { $0.channel > $1.channel }) {
            let names = VegaScales.names(facet.definition, in: context.rows)
            if facet.channel != "row" { columns = facet.columns ?? max(1, names.count) }
            cells = cells.flatMap { cell in
                names.map { name in
                    let rows = cell.rows.filter { row in
                        facet.definition.field.flatMap { row[$0]?.keyText } == name
                    }
                    return (rows, cell.name.isEmpty ? name : "\(cell.name) / \(name)")
                }
            }
        }
        if cells.count > Self.cellLimit {
            omit("more than \(Self.cellLimit) facets")
            cells.removeSubrange(Self.cellLimit...)
        }
        let inner = part.entry("spec") ?? part
        var charts = cells.map { cell in
            var context = context
            (context.rows, context.title) = (cell.rows, cell.name)
            let isFaceted = part.entry("spec") != nil
            return chart(inner, isFaceted ? entered(inner, context) : context)
        }
        let scales = VegaScales(of: charts.flatMap(\.layers))
        for index in charts.indices { charts[index].scales = scales }
        return .grid(charts.map { .chart($0) }, columns: columns, title: context.title)
    }

    // MARK: Charts

    private mutating func chart(_ part: DataValue, _ context: Context) -> VegaChart {
        var chart = VegaChart(title: context.title, layers: layers(part, context))
        if let width = context.width { chart.width = min(4000, max(20, width)) }
        if let height = context.height { chart.height = min(4000, max(20, height)) }
        return chart
    }

    /// Seen only where a reader points at something.
    private static func isInvisible(_ part: DataValue) -> Bool {
        part.entry("encoding")?.entry("opacity")?.entry("value") == 0
    }

    /// `context` is that of inside `part`.
    private mutating func layers(_ part: DataValue, _ context: Context) -> [VegaLayer] {
        if case .list(let parts)? = part.entry("layer") {
            return parts.filter { !Self.isInvisible($0) }.flatMap {
                layers($0, entered($0, context))
            }
        }
        guard let definition = part.entry("mark") else {
            omit(part.entry("repeat") != nil ? "repeat" : "a part without a mark")
            return []
        }
        let mark = VegaMark(definition)
        guard VegaMark.known.contains(mark.kind) else {
            omit("mark \(mark.kind)")
            return []
        }
        if mark.interpolation.map({ $0 != "linear" }) ?? false { omit("mark interpolate") }
        return context.isLeftOut ? [] : layer(mark, context).map { [$0] } ?? []
    }

    private mutating func layer(_ mark: VegaMark, _ context: Context) -> VegaLayer? {
        var channels: [String: VegaChannel] = [:]
        for (name, value) in context.channels { channels[name] = channel(name, value) }
        for field in Set(channels.values.compactMap(\.field)).sorted() {
            let isUnknown = !context.allRows.contains { $0.has(field) }
            if isUnknown, !context.allRows.isEmpty {
                omit("field \(field), which is not in the data")
            }
        }
        let layer = VegaLayer(mark, channels, context.rows, all: context.allRows)
        // Their lengths start at zero, which has no place there.
        if mark.isStacked, channels[layer.lengths]?.isLogarithmic == true {
            omit("mark \(mark.kind) on a scale of type log")
            return nil
        }
        return layer
    }

    // MARK: Parts

    private static let knownKeys: Set = [
        "$schema", "data", "title", "name", "description", "width", "height", "params", "transform",
        "encoding", "layer", "mark", "facet", "spec", "columns", "hconcat", "vconcat", "concat",
        "repeat", "selection", "usermeta", "autosize", "background", "padding", "view",
    ]

    private mutating func entered(_ part: DataValue, _ outer: Context) -> Context {
        var context = outer
        for (key, _) in part.topValues where !Self.knownKeys.contains(key) { omit(key) }
        if case .list(let values)? = part.entry("data")?.entry("values") {
            context.rows = values.map { PlotPoint($0.topValues) }
            context.allRows = context.rows
        } else if part.entry("data") != nil {
            omit("data that is not the plot's")
            context.isLeftOut = true
        }
        name(part, &context)
        for (name, value) in part.entry("encoding")?.topValues ?? [] {
            let known = context.channels.first { $0.key == name }?.value.topValues ?? []
            let kept = known.filter { value.entry($0.key) == nil }
            context.channels.removeAll { $0.key == name }
            context.channels.append((name, .mapping(kept + value.topValues)))
        }
        transform(part, &context)
        return context
    }

    /// What is not data.
    private func name(_ part: DataValue, _ context: inout Context) {
        if let title = part.entry("title") {
            let text = title.entry("text") ?? title
            context.title = text.string ?? text.texts.joined(separator: " ")
        }
        context.width = part.entry("width")?.chartNumber ?? context.width
        context.height = part.entry("height")?.chartNumber ?? context.height
        guard case .list(let parameters)? = part.entry("params") else { return }
        for parameter in parameters {
            guard let name = parameter.entry("name")?.string else { continue }
            context.parameters[name] = parameter.entry("value")?.chartNumber
        }
    }

    private mutating func transform(_ part: DataValue, _ context: inout Context) {
        guard case .list(let steps)? = part.entry("transform") else { return }
        for step in steps {
            guard let transform = VegaTransform(step, parameters: context.parameters) else {
                omit("transform \(step.topValues.first?.key ?? "")")
                context.isLeftOut = true
                continue
            }
            guard let rows = transform.applied(to: context.rows) else {
                context.isLeftOut = true
                continue
            }
            context.rows = rows
            context.allRows = transform.applied(to: context.allRows) ?? rows
        }
    }
}
