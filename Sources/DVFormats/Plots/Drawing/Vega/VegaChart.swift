/// Layers over two axes.
struct VegaChart: Sendable {
    let title: String?
    var width = 460.0
    var height = 280.0
    let layers: [VegaLayer]
    var scales: VegaScales

    init(title: String?, layers: [VegaLayer]) {
        self.title = title
        self.layers = layers
        scales = VegaScales(of: layers)
    }

    func drawn() -> SVGPart {
        let words = ChartWords(
            title: title ?? "",
            xLabel: VegaScales.title("x", of: layers),
            yLabel: VegaScales.title("y", of: layers)
        )
        var frame = ChartFrame(words)
        (frame.width, frame.height) = (width, height)
        if case .names(let names)? = scales.y {
            let widest = names.map { SVGPart.width(of: SVGPart.fitted($0, 160)) }.max() ?? 0
            frame.left = max(70, widest + 44)
        }
        frame.axes(x: scales.x ?? .names([]), y: scales.y?.turned ?? .names([]))
        for layer in layers {
            let marks = VegaMarks(layer, scales, in: frame)
            frame.draw { marks.draw(in: &$0) }
        }
        return frame.finished(legend)
    }

    private var legend: [ChartKey] {
        let isLine = layers.first?.mark.kind == "line"
        let colors = scales.color.legend.map {
            ChartKey(
                name: $0.name,
                color: $0.color,
                strength: $0.strength,
                dash: isLine ? PlotLook.dash(0) : nil
            )
        }
        let dashes = (scales.names["strokeDash"] ?? []).enumerated().map { index, name in
            ChartKey(name: name, color: "currentColor", dash: PlotLook.dash(index))
        }
        let shapes = (scales.names["shape"] ?? []).enumerated().map { index, name in
            ChartKey(name: name, color: "currentColor", shape: index)
        }
        return colors + dashes + shapes
    }
}

extension ChartAxis {
    /// Names of a vertical axis stand from above.
    fileprivate var turned: ChartAxis {
        guard case .names(let names) = self else { return self }
        return .names(names.reversed())
    }
}

/// Charts, and how they stand.
indirect enum VegaScene: Sendable {
    case chart(VegaChart)
    case grid([VegaScene], columns: Int, title: String?)

    var hasMarks: Bool {
        switch self {
        case .chart(let chart): chart.layers.contains { !$0.items.isEmpty }
        case .grid(let scenes, _, _): scenes.contains(where: \.hasMarks)
        }
    }
}

extension VegaScene {
    func drawn() -> SVGPart {
        switch self {
        case .chart(let chart): return chart.drawn()
        case .grid(let scenes, let columns, let title):
            let grid = SVGPart.grid(scenes.map { $0.drawn() }, columns: columns)
            guard let title, !title.isEmpty else { return grid }
            var svg = SVGText()
            let place = [("x", SVGNumber.text(grid.width / 2)), ("y", "20")]
            svg.text(title, place + [("text-anchor", "middle"), ("class", "title")])
            let head = SVGPart(width: grid.width, height: 28, body: svg.text)
            return SVGPart.grid([head, grid], columns: 1)
        }
    }
}
