/// The title of a chart, and what its axes are called.
struct ChartWords: Sendable {
    var title: String
    var xLabel: String?
    var yLabel: String?
}

extension ChartWords {
    init(of plot: DataPlot) {
        self.init(title: plot.title, xLabel: plot.xLabel, yLabel: plot.yLabel)
    }
}

/// A line of a legend.
struct ChartKey: Sendable {
    let name: String
    let color: String
    var strength = 1.0
    /// Of a line; nil for what is none.
    var dash: String?
    /// Of a point; nil for what is a bar or a field.
    var shape: Int?
}

/// What stands around a chart: title, axes with their labels and lines, and the legend.
struct ChartFrame: Sendable {
    var width = 460.0
    var height = 280.0
    var left = 70.0
    let top = 40.0
    let bottom = 54.0
    private let words: ChartWords
    private(set) var svg = SVGText()

    init(_ words: ChartWords) { self.words = words }

    mutating func draw(_ body: (inout SVGText) -> Void) { body(&svg) }

    // MARK: Axes

    /// Lines for both axes, and what they are called.
    mutating func axes(x: ChartAxis, y: ChartAxis) {
        for mark in x.marks(length: width) {
            line(left + mark.position, top, left + mark.position, top + height, "grid")
            label(mark.label, left + mark.position, top + height + 18, "middle")
        }
        for mark in y.marks(length: height) {
            let position = top + height - mark.position
            line(left, position, left + width, position, "grid")
            label(mark.label, left - 8, position + 4, "end")
        }
        border()
        titles()
    }

    mutating func border() {
        line(left, top, left, top + height, "axis")
        line(left, top + height, left + width, top + height, "axis")
    }

    /// The title above, and labels of the axes.
    mutating func titles(_ title: String? = nil) {
        let middle = left + width / 2
        svg.text(
            SVGPart.fitted(title ?? words.title, width + left),
            position(middle, 22, "middle") + [("class", "title")]
        )
        if let label = words.xLabel { self.label(label, middle, top + height + 40, "middle") }
        guard let label = words.yLabel else { return }
        let (x, y) = (16.0, top + height / 2)
        let turn = "rotate(-90 \(SVGNumber.text(x)) \(SVGNumber.text(y)))"
        svg.text(label, position(x, y, "middle") + [("transform", turn)])
    }

    mutating func label(_ words: String, _ x: Double, _ y: Double, _ anchor: String) {
        svg.text(words, position(x, y, anchor))
    }

    private func position(_ x: Double, _ y: Double, _ anchor: String) -> [(String, String)] {
        [("x", SVGNumber.text(x)), ("y", SVGNumber.text(y)), ("text-anchor", anchor)]
    }

    private mutating func line(
        _ x1: Double,
        _ y1: Double,
        _ x2: Double,
        _ y2: Double,
        _ kind: String
    ) {
        svg.element(
            "line",
            [
                ("class", kind), ("x1", SVGNumber.text(x1)), ("y1", SVGNumber.text(y1)),
                ("x2", SVGNumber.text(x2)), ("y2", SVGNumber.text(y2)),
            ]
        )
    }

    // MARK: Legend

    /// The legend right of the chart; gives the finished part.
    func finished(_ keys: [ChartKey]) -> SVGPart {
        var svg = svg
        let start = left + width + 20
        for (index, key) in keys.enumerated() {
            let y = top + 10 + Double(index) * 20
            Self.draw(key, x: start, y, in: &svg)
            let place = [("x", SVGNumber.text(start + 30)), ("y", SVGNumber.text(y + 4))]
            svg.text(SVGPart.fitted(key.name, 240), place)
        }
        let widest = keys.map { SVGPart.width(of: SVGPart.fitted($0.name, 240)) }.max() ?? -20
        let legend = top + 20 + Double(keys.count) * 20
        return SVGPart(
            width: start + 40 + widest,
            height: max(top + height + bottom, legend),
            body: svg.text
        )
    }

    /// What stands for a key, at the left of its name.
    private static func draw(_ key: ChartKey, x: Double, _ y: Double, in svg: inout SVGText) {
        let strength = SVGNumber.text(key.strength)
        let fill = [("fill", key.color), ("fill-opacity", strength)]
        if let shape = key.shape { return svg.shape(shape, at: (x + 12, y), size: 4, fill) }
        guard let dash = key.dash else {
            let place = [("x", SVGNumber.text(x + 6)), ("y", SVGNumber.text(y - 6))]
            return svg.element("rect", place + [("width", "12"), ("height", "12")] + fill)
        }
        svg.element(
            "line",
            [
                ("x1", SVGNumber.text(x)), ("y1", SVGNumber.text(y)),
                ("x2", SVGNumber.text(x + 24)), ("y2", SVGNumber.text(y)),
                ("stroke", key.color), ("stroke-width", "2"), ("stroke-dasharray", dash),
            ]
        )
    }
}
