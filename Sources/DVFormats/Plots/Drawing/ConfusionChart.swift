/// How often each pair of values occurs, as fields of darker and lighter colour; a chart for each revision and source.
struct ConfusionChart {
    private let plot: DataPlot
    /// Whether counts are parts of all that share their y.
    private let isNormalized: Bool

    init(of plot: DataPlot, isNormalized: Bool) {
        self.plot = plot
        self.isNormalized = isNormalized
    }

    func drawn() -> SVGPart {
        let series = ChartSeries.all(of: plot)
        let tables = series.map(PairCounts.init)
        let most = tables.map(\.most).max() ?? 1
        let parts = zip(series, tables).map { chart($0, $1, most: most) }
        return SVGPart.grid(parts, columns: min(3, max(1, plot.revisions.count)))
    }

    private func chart(_ entry: ChartSeries, _ table: PairCounts, most: Int) -> SVGPart {
        var frame = ChartFrame(ChartWords(of: plot))
        let cell = max(18, min(60, 300 / Double(max(table.xs.count, table.ys.count, 1))))
        frame.width = max(160, cell * Double(table.xs.count))
        frame.height = cell * Double(table.ys.count)
        let widest = table.ys.map { SVGPart.width(of: SVGPart.fitted($0, 120)) }.max() ?? 0
        frame.left = max(70, widest + 44)
        frame.titles("\(plot.title): \(entry.name)")
        for (column, x) in table.xs.enumerated() {
            let middle = frame.left + (Double(column) + 0.5) * cell
            frame.label(
                SVGPart.fitted(x, max(cell, 20)),
                middle,
                frame.top + frame.height + 18,
                "middle"
            )
        }
        for (row, y) in table.ys.enumerated() {
            let middle = frame.top + (Double(row) + 0.5) * cell
            frame.label(SVGPart.fitted(y, 120), frame.left - 8, middle + 4, "end")
            draw(y, of: table, most: most, cell, at: middle, in: &frame)
        }
        return frame.finished([])
    }

    /// The fields of one line.
    private func draw(
        _ y: String,
        of table: PairCounts,
        most: Int,
        _ cell: Double,
        at middle: Double,
        in frame: inout ChartFrame
    ) {
        let whole = isNormalized ? table.count(y: y) : most
        for (column, x) in table.xs.enumerated() {
            let count = table.count(x, y)
            let share = whole == 0 ? 0 : Double(count) / Double(whole)
            let corner = (x: frame.left + Double(column) * cell, y: middle - cell / 2)
            let number = isNormalized ? SVGNumber.text(share) : String(count)
            let names = "\(plot.xLabel ?? "x"): \(x)\n\(plot.yLabel ?? "y"): \(y)\n"
            frame.draw { field(corner, cell, share, number, names + number, in: &$0) }
        }
    }

    private func field(
        _ corner: (x: Double, y: Double),
        _ size: Double,
        _ share: Double,
        _ number: String,
        _ title: String,
        in svg: inout SVGText
    ) {
        svg.element(
            "rect",
            [
                ("class", "cell"), ("x", SVGNumber.text(corner.x)),
                ("y", SVGNumber.text(corner.y)), ("width", SVGNumber.text(size)),
                ("height", SVGNumber.text(size)), ("fill", "#1f6feb"),
                ("fill-opacity", SVGNumber.text(0.04 + 0.96 * share)),
            ],
            title: title
        )
        guard size >= SVGPart.width(of: number) else { return }
        let place = [
            ("x", SVGNumber.text(corner.x + size / 2)),
            ("y", SVGNumber.text(corner.y + size / 2 + 4)), ("text-anchor", "middle"),
        ]
        svg.text(number, share > 0.5 ? place + [("class", "onDark")] : place)
    }
}

/// Counts of pairs.
private struct PairCounts {
    let xs: [String]
    let ys: [String]
    private var counts: [String: [String: Int]] = [:]

    init(_ series: ChartSeries) {
        xs = Set(series.points.map(\.x.keyText)).sorted()
        ys = Set(series.points.map(\.y.keyText)).sorted()
        for point in series.points {
            counts[point.y.keyText, default: [:]][point.x.keyText, default: 0] += 1
        }
    }

    func count(_ x: String, _ y: String) -> Int { counts[y]?[x] ?? 0 }

    func count(y: String) -> Int { counts[y]?.values.reduce(0, +) ?? 0 }

    var most: Int { counts.values.flatMap(\.values).max() ?? 0 }
}
