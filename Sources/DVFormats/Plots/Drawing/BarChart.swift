/// Horizontal bars: a group for each name, a bar for each revision; a chart for each source.
struct BarChart {
    private let plot: DataPlot
    private let isSorted: Bool

    init(of plot: DataPlot, isSorted: Bool) {
        self.plot = plot
        self.isSorted = isSorted
    }

    func drawn() -> SVGPart {
        let all = ChartSeries.all(of: plot)
        let scale = AxisScale(
            all.flatMap(\.points).compactMap(\.x.chartNumber),
            includesZero: true
        )
        let sources = Set(all.map(\.sourceIndex)).sorted()
        let parts = sources.map { source in
            chart(all.filter { $0.sourceIndex == source }, scale)
        }
        return SVGPart.grid(parts, columns: 2)
    }

    private func chart(_ series: [ChartSeries], _ scale: AxisScale) -> SVGPart {
        let names = names(of: series)
        var frame = ChartFrame(ChartWords(of: plot))
        let bar = max(6, min(24, 280 / Double(max(1, names.count * series.count))))
        let group = bar * Double(series.count) + 8
        frame.height = group * Double(names.count)
        let widest = names.map { SVGPart.width(of: SVGPart.fitted($0, 160)) }.max() ?? 0
        frame.left = max(70, widest + 44)
        frame.axes(x: .numbers(scale), y: .names([]))
        for (row, name) in names.enumerated() {
            let middle = frame.top + (Double(row) + 0.5) * group
            frame.label(SVGPart.fitted(name, 160), frame.left - 8, middle + 4, "end")
        }
        for entry in series.enumerated() {
            let lines = Lines(names: names, bar: bar, group: group, index: entry.offset)
            draw(entry.element, lines, scale, in: &frame)
        }
        return frame.finished(series.map { $0.key(isLine: false) })
    }

    /// Where the bars of one series are: `index` is its place in each group.
    private struct Lines {
        let names: [String]
        let bar: Double
        let group: Double
        let index: Int

        func top(of name: String) -> Double? {
            names.firstIndex(of: name).map { Double($0) * group + 4 + Double(index) * bar }
        }
    }

    private func draw(
        _ entry: ChartSeries,
        _ lines: Lines,
        _ scale: AxisScale,
        in frame: inout ChartFrame
    ) {
        let (left, top, width) = (frame.left, frame.top, frame.width)
        let zero = scale.position(0, length: width)
        for point in entry.points {
            guard let value = point.x.chartNumber, let y = lines.top(of: point.y.keyText) else {
                continue
            }
            let end = scale.position(value, length: width)
            let place = [
                ("x", SVGNumber.text(left + min(zero, end))), ("y", SVGNumber.text(top + y)),
                ("width", SVGNumber.text((end - zero).magnitude)),
                ("height", SVGNumber.text(lines.bar - 1)), ("fill", entry.color),
            ]
            let title = "\(entry.name)\n\(point.y.keyText): \(point.x.keyText)"
            frame.draw { $0.element("rect", place, title: title) }
        }
    }

    /// In ascending order, or longest bars first.
    private func names(of series: [ChartSeries]) -> [String] {
        var longest: [String: Double] = [:]
        for point in series.flatMap(\.points) {
            let value = point.x.chartNumber ?? -.infinity
            longest[point.y.keyText] = max(longest[point.y.keyText] ?? -.infinity, value)
        }
        return longest.sorted { left, right in
            if isSorted, left.value != right.value { return left.value > right.value }
            return left.key < right.key
        }
        .map(\.key)
    }
}
