/// The points of one source at one revision.
struct ChartSeries: Sendable {
    struct Point: Sendable {
        let x: DataValue
        let y: DataValue
    }

    let revision: String
    /// What tells sources apart; empty if there is one only.
    let source: String
    /// How many revisions and sources come before it.
    let revisionIndex: Int
    let sourceIndex: Int
    private(set) var points: [Point] = []

    var name: String { source.isEmpty ? revision : "\(revision) \(source)" }

    var color: String { PlotLook.colors[revisionIndex % PlotLook.colors.count] }

    var dash: String { PlotLook.dash(sourceIndex) }

    /// Its line of the legend.
    func key(isLine: Bool) -> ChartKey {
        ChartKey(name: name, color: color, dash: isLine ? dash : nil)
    }

    /// By revision, then by source, both in the order of the points.
    static func all(of plot: DataPlot) -> [ChartSeries] {
        var series: [ChartSeries] = []
        var indices: [String: Int] = [:]
        var sources: [String] = []
        let keys = plot.variedKeys
        for point in plot.points {
            let revision = point["rev"]?.keyText ?? ""
            let source = keys.map { point[$0]?.keyText ?? "" }.joined(separator: " ")
            let id = revision + "\u{0}" + source
            if indices[id] == nil {
                indices[id] = series.count
                if !sources.contains(source) { sources.append(source) }
                series.append(
                    ChartSeries(
                        revision: revision,
                        source: source,
                        revisionIndex: plot.revisions.firstIndex(of: revision) ?? 0,
                        sourceIndex: sources.firstIndex(of: source) ?? 0
                    )
                )
            }
            guard let index = indices[id], let x = plot.x, let y = plot.y else { continue }
            series[index].points.append(Point(x: point[x] ?? .null, y: point[y] ?? .null))
        }
        return series
    }
}

extension DataValue {
    /// As an axis of numbers takes it; nil for what is none, and for what is not finite.
    var chartNumber: Double? {
        let number: Double? =
            switch self {
            case .integer(let value): Double(value)
            case .longInteger(let digits): Double(digits)
            case .float(let value): value
            case .bool(let flag): flag ? 1 : 0
            case .string(let text): Double(text.filter { !$0.isWhitespace })
            default: nil
            }
        return number.flatMap { $0.isFinite ? $0 : nil }
    }
}

/// One axis of points: of numbers, or of names if there is anything else.
enum ChartAxis: Sendable {
    case numbers(AxisScale)
    case names([String])

    init(_ values: [DataValue], includesZero: Bool = false) {
        let numbers = values.compactMap(\.chartNumber)
        let isNumeric = values.allSatisfy { value in
            if case .null = value { return true }
            if case .string(let text) = value, text.isEmpty { return true }
            if case .float(let number) = value, !number.isFinite { return true }
            return value.chartNumber != nil
        }
        guard !isNumeric else {
            self = .numbers(AxisScale(numbers, includesZero: includesZero))
            return
        }
        var seen: Set<String> = []
        self = .names(values.map(\.keyText).filter { seen.insert($0).inserted })
    }

    /// Pixels from the start; nil for what has no place on it.
    func position(_ value: DataValue, length: Double) -> Double? {
        switch self {
        case .numbers(let scale):
            return value.chartNumber.map { scale.position($0, length: length) }
        case .names(let names):
            guard let index = names.firstIndex(of: value.keyText) else { return nil }
            return (Double(index) + 0.5) / Double(names.count) * length
        }
    }

    /// Labels with their pixels; of many names only some.
    func marks(length: Double) -> [(label: String, position: Double)] {
        switch self {
        case .numbers(let scale):
            return scale.ticks.map { (scale.label($0), scale.position($0, length: length)) }
        case .names(let names):
            let every = max(1, names.count / 8)
            return names.enumerated().filter { $0.offset % every == 0 }.map { index, name in
                (SVGPart.fitted(name, 70), (Double(index) + 0.5) / Double(names.count) * length)
            }
        }
    }
}
