/// Lines, and areas below them.
extension VegaMarks {
    /// Items of one line, in the order of the axis.
    private var runs: [[VegaLayer.Item]] {
        var indices: [[String]: Int] = [:]
        var runs: [[VegaLayer.Item]] = []
        for item in layer.items {
            let key = ["color", "stroke", "fill", "strokeDash", "shape", "detail"].map {
                item.name($0) ?? ""
            }
            if let index = indices[key] {
                runs[index].append(item)
            } else {
                indices[key] = runs.count
                runs.append([item])
            }
        }
        let axis = layer.isUpright ? "x" : "y"
        guard case .numbers? = layer.isUpright ? scales.x : scales.y else { return runs }
        return runs.map { $0.sortedByNumber { $0.number(axis) } }
    }

    func lines(in svg: inout SVGText) {
        for run in runs {
            for part in run.split(whereSeparator: { place($0) == nil }) {
                guard let first = part.first else { continue }
                let (color, strength) = scales.color.color(of: first, in: layer)
                let attributes = [
                    ("points", SVGText.points(part.compactMap(place))), ("fill", "none"),
                    ("stroke", color), ("stroke-width", "2"),
                    ("stroke-opacity", SVGNumber.text(strength)),
                    ("stroke-dasharray", PlotLook.dash(scales.index("strokeDash", of: first))),
                    ("stroke-linejoin", "round"),
                ]
                svg.element("polyline", attributes, title: first.name("color") ?? "")
            }
            guard layer.mark.hasPoints || run.count == 1 else { continue }
            for item in run { point(item, isSmall: true, in: &svg) }
        }
    }

    func areas(in svg: inout SVGText) {
        for run in runs {
            for part in run.split(whereSeparator: { place($0) == nil }) {
                guard let first = part.first else { continue }
                let starts = part.reversed().compactMap { item -> (x: Double, y: Double)? in
                    var item = item
                    item.values[layer.lengths] = .float(item.start)
                    return place(item)
                }
                let points = SVGText.points(part.compactMap(place) + starts)
                svg.element(
                    "polygon",
                    [("points", points)] + fill(first),
                    title: first.name("color") ?? ""
                )
            }
        }
    }
}

extension Array {
    /// Stable; what has no number stays behind what comes before it.
    func sortedByNumber(_ number: (Element) -> Double?) -> [Element] {
        var last = -Double.infinity
        let keyed = enumerated().map { index, element in
            last = number(element) ?? last
            return (key: last, index: index, element: element)
        }
        return keyed.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map(\.element)
    }
}
