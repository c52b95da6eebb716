/// What stands around a chart: title, axes with their labels and lines, and the legend.
struct ChartFrame: Sendable {
    var width = 460.0
    var height = 280.0
    var left = 70.0
    let top = 40.0
    let bottom = 54.0
    private let plot: DataPlot
    private(set) var svg = SVGText()

    init(of plot: DataPlot) { self.plot = plot }

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
            SVGPart.fitted(title ?? plot.title, width + left),
            position(middle, 22, "middle") + [("class", "title")]
        )
        if let label = plot.xLabel { self.label(label, middle, top + height + 40, "middle") }
        guard let label = plot.yLabel else { return }
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

    /// One line for each series, right of the chart; gives the finished part.
    func finished(_ series: [ChartSeries], hasLines: Bool) -> SVGPart {
        var svg = svg
        let start = left + width + 20
        for (index, entry) in series.enumerated() {
            let y = top + 10 + Double(index) * 20
            Self.key(of: entry, x: start, y, isLine: hasLines, in: &svg)
            let place = [("x", SVGNumber.text(start + 30)), ("y", SVGNumber.text(y + 4))]
            svg.text(SVGPart.fitted(entry.name, 240), place)
        }
        let widest = series.map { SVGPart.width(of: SVGPart.fitted($0.name, 240)) }.max() ?? -20
        let legend = top + 20 + Double(series.count) * 20
        return SVGPart(
            width: start + 40 + widest,
            height: max(top + height + bottom, legend),
            body: svg.text
        )
    }

    /// What a series looks like, at the left of its name.
    private static func key(
        of entry: ChartSeries,
        x: Double,
        _ y: Double,
        isLine: Bool,
        in svg: inout SVGText
    ) {
        guard isLine else {
            let place = [("x", SVGNumber.text(x + 6)), ("y", SVGNumber.text(y - 6))]
            let look = [("width", "12"), ("height", "12"), ("fill", entry.color)]
            return svg.element("rect", place + look)
        }
        svg.element(
            "line",
            [
                ("x1", SVGNumber.text(x)), ("y1", SVGNumber.text(y)),
                ("x2", SVGNumber.text(x + 24)), ("y2", SVGNumber.text(y)),
                ("stroke", entry.color), ("stroke-width", "2"), ("stroke-dasharray", entry.dash),
            ]
        )
    }
}
