/// Lines and points over two axes.
struct PointChart {
    enum Look: Sendable {
        case lines, smoothLines, points, jitteredPoints
    }

    private let plot: DataPlot
    private let look: Look
    private let series: [ChartSeries]
    private let x: ChartAxis
    private let y: ChartAxis
    private var frame: ChartFrame

    /// More points than these get neither marks nor tooltips: the line tells enough.
    private static let markLimit = 400

    init(of plot: DataPlot, _ look: Look) {
        self.plot = plot
        self.look = look
        series = ChartSeries.all(of: plot)
        let points = series.flatMap(\.points)
        x = ChartAxis(points.map(\.x))
        y = ChartAxis(points.map(\.y))
        frame = ChartFrame(ChartWords(of: plot))
    }

    func drawn() -> SVGPart {
        var frame = frame
        frame.axes(x: x, y: y)
        for entry in series {
            let places = entry.points.map(place)
            let inOrder = ordered(entry).map(place)
            frame.draw { svg in
                switch look {
                case .lines: line(inOrder, entry, isFaint: false, in: &svg)
                case .smoothLines:
                    line(inOrder, entry, isFaint: true, in: &svg)
                    line(smoothed(places), entry, isFaint: false, in: &svg)
                case .points, .jitteredPoints: break
                }
                let isMarked = look != .smoothLines && plot.points.count <= Self.markLimit
                if isMarked || look == .points || look == .jitteredPoints {
                    marks(places, entry, in: &svg)
                }
            }
        }
        let isLine = look == .lines || look == .smoothLines
        return frame.finished(series.map { $0.key(isLine: isLine) })
    }

    /// Lines go along the axis, whatever the order of the data is, as Vega draws them.
    private func ordered(_ entry: ChartSeries) -> [ChartSeries.Point] {
        guard case .numbers = x else { return entry.points }
        return entry.points.sortedByNumber(\.x.chartNumber)
    }

    private func place(_ point: ChartSeries.Point) -> (x: Double, y: Double)? {
        guard let across = x.position(point.x, length: frame.width),
            let up = y.position(point.y, length: frame.height)
        else { return nil }
        return (frame.left + across, frame.top + frame.height - up)
    }

    /// A point without a place interrupts the line.
    private func line(
        _ places: [(x: Double, y: Double)?],
        _ entry: ChartSeries,
        isFaint: Bool,
        in svg: inout SVGText
    ) {
        for run in places.split(whereSeparator: { $0 == nil }) {
            let attributes = [
                ("points", SVGText.points(run.compactMap(\.self))), ("fill", "none"),
                ("stroke", entry.color),
                ("stroke-width", isFaint ? "1" : "2"), ("stroke-dasharray", entry.dash),
                ("stroke-opacity", isFaint ? "0.35" : "1"), ("stroke-linejoin", "round"),
            ]
            svg.element("polyline", attributes, title: entry.name)
        }
    }

    private func marks(
        _ places: [(x: Double, y: Double)?],
        _ entry: ChartSeries,
        in svg: inout SVGText
    ) {
        let isScatter = look == .points || look == .jitteredPoints
        for (index, (point, place)) in zip(entry.points, places).enumerated() {
            guard var place else { continue }
            if look == .jitteredPoints {
                place.x += Self.jitter(index, salt: 1)
                place.y += Self.jitter(index, salt: 2)
            }
            svg.element(
                "circle",
                [
                    ("cx", SVGNumber.text(place.x)), ("cy", SVGNumber.text(place.y)),
                    ("r", isScatter ? "3.5" : "2.5"), ("fill", entry.color),
                    ("fill-opacity", isScatter ? "0.7" : "1"),
                ],
                title:
                    "\(entry.name)\n\(plot.xLabel ?? "x"): \(point.x.keyText)\n\(plot.yLabel ?? "y"): \(point.y.keyText)"
            )
        }
    }

    /// Up to 6 pixels to both sides, the same each time.
    private static func jitter(_ index: Int, salt: UInt64) -> Double {
        var bits = (UInt64(index) &+ 1) &* 0x9E37_79B9_7F4A_7C15 &+ salt &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        return Double(bits >> 40) / Double(1 << 24) * 12 - 6
    }

    // MARK: Smoothing

    /// Over the nearest third of the points, at 120 places at most.
    private func smoothed(_ places: [(x: Double, y: Double)?]) -> [(x: Double, y: Double)?] {
        let points = places.compactMap(\.self)
        guard points.count > 3 else { return points.sorted { $0.x < $1.x } }
        let regression = LocalRegression(points, count: max(3, points.count / 3))
        return regression.smoothed(every: max(1, points.count / 120))
    }
}
