/// Draws the marks of one layer.
struct VegaMarks {
    let layer: VegaLayer
    let scales: VegaScales
    private let frame: ChartFrame

    init(_ layer: VegaLayer, _ scales: VegaScales, in frame: ChartFrame) {
        self.layer = layer
        self.scales = scales
        self.frame = frame
    }

    func draw(in svg: inout SVGText) {
        switch layer.mark.kind {
        case "line": lines(in: &svg)
        case "area": areas(in: &svg)
        case "bar": for item in layer.items { bar(item, in: &svg) }
        case "rect": for item in layer.items { cell(item, in: &svg) }
        case "rule": for item in layer.items { rule(item, in: &svg) }
        case "text": for item in layer.items { words(item, in: &svg) }
        default: for item in layer.items { point(item, isSmall: false, in: &svg) }
        }
    }

    // MARK: Places

    /// Of a value in pixels of the picture; nil for what has no place, or one outside of the chart.
    private func x(_ value: DataValue?) -> Double? {
        guard let axis = scales.x, let value else { return nil }
        return axis.position(value, length: frame.width).flatMap { position in
            (-0.5...frame.width + 0.5).contains(position) ? frame.left + position : nil
        }
    }

    private func y(_ value: DataValue?) -> Double? {
        guard let axis = scales.y, let value else { return nil }
        guard let position = axis.position(value, length: frame.height),
            (-0.5...frame.height + 0.5).contains(position)
        else { return nil }
        // Names stand from above, numbers from below.
        if case .names = axis { return frame.top + position }
        return frame.top + frame.height - position
    }

    /// Without a channel for an axis, marks stand in its middle.
    func place(_ item: VegaLayer.Item) -> (x: Double, y: Double)? {
        let x = layer.channels["x"] == nil ? frame.left + frame.width / 2 : x(middle(item, "x"))
        let y = layer.channels["y"] == nil ? frame.top + frame.height / 2 : y(middle(item, "y"))
        guard let x, let y else { return nil }
        return (x, y)
    }

    /// Of a range, if it is one.
    private func middle(_ item: VegaLayer.Item, _ axis: String) -> DataValue? {
        guard let end = item.number("\(axis)2"), let start = item.number(axis) else {
            return item.values[axis]
        }
        return .float((start + end) / 2)
    }

    // MARK: Looks

    private func title(of item: VegaLayer.Item) -> String {
        let order = ["color", "shape", "strokeDash", "x", "y", "text"]
        let lines = order.compactMap { name -> String? in
            guard let channel = layer.channels[name], channel.isVaried,
                let value = item.values[name]
            else { return nil }
            let end = item.values["\(name)2"].map { "–\($0.keyText)" } ?? ""
            return "\(channel.title ?? name): \(value.keyText)\(end)"
        }
        return lines.joined(separator: "\n")
    }

    func fill(_ item: VegaLayer.Item) -> [(String, String)] {
        let (color, strength) = scales.color.color(of: item, in: layer)
        return [("fill", color), ("fill-opacity", SVGNumber.text(strength))]
    }

    // MARK: Bars and cells

    private func bar(_ item: VegaLayer.Item, in svg: inout SVGText) {
        let isUpright = layer.isUpright
        let axis = layer.lengths
        var base = item
        base.values[axis] = .float(item.start)
        guard let end = place(item), let start = place(base) else { return }
        let (offset, width) = thickness(item, isUpright ? "x" : "y")
        let across = (isUpright ? end.x : end.y) + offset
        let (from, to) = isUpright ? (start.y, end.y) : (start.x, end.x)
        let (low, length) = (min(from, to), (to - from).magnitude)
        rectangle(
            isUpright ? (across - width / 2, low) : (low, across - width / 2),
            isUpright ? (width, length) : (length, width),
            item,
            in: &svg
        )
    }

    /// How far a bar stands from the middle of its place, and how wide it is.
    private func thickness(_ item: VegaLayer.Item, _ axis: String) -> (
        offset: Double, width: Double
    ) {
        let whole = extent(item, axis) ?? 6
        guard item.number("\(axis)2") == nil, whole != 6 else { return (0, max(1, whole - 1)) }
        let count = max(1, scales.names["\(axis)Offset"]?.count ?? 1)
        let band = whole * 0.8
        let width = band / Double(count)
        let index = scales.index("\(axis)Offset", of: item)
        return (width * (Double(index) + 0.5) - band / 2, width)
    }

    /// The room of a name or of a range; nil for single numbers.
    private func extent(_ item: VegaLayer.Item, _ axis: String) -> Double? {
        let length = axis == "x" ? frame.width : frame.height
        switch axis == "x" ? scales.x : scales.y {
        case .names(let names)?: return length / Double(max(1, names.count))
        case .numbers(let scale)?:
            guard let end = item.number("\(axis)2"), let start = item.number(axis) else {
                return nil
            }
            let ends = [start, end].map { scale.position($0, length: length) }
            // A range that starts at zero has no start on a logarithmic scale.
            return ends.allSatisfy(\.isFinite) ? (ends[1] - ends[0]).magnitude : nil
        case nil: return length
        }
    }

    private func cell(_ item: VegaLayer.Item, in svg: inout SVGText) {
        guard let middle = place(item), let width = extent(item, "x"),
            let height = extent(item, "y")
        else { return }
        rectangle(
            (middle.x - width / 2, middle.y - height / 2),
            (width, height),
            item,
            in: &svg
        )
    }

    private func rectangle(
        _ corner: (x: Double, y: Double),
        _ size: (width: Double, height: Double),
        _ item: VegaLayer.Item,
        in svg: inout SVGText
    ) {
        let place = [
            ("x", SVGNumber.text(corner.x)), ("y", SVGNumber.text(corner.y)),
            ("width", SVGNumber.text(size.width)), ("height", SVGNumber.text(size.height)),
        ]
        svg.element("rect", place + fill(item), title: title(of: item))
    }

    // MARK: Points, rules and words

    func point(_ item: VegaLayer.Item, isSmall: Bool, in svg: inout SVGText) {
        guard let place = place(item) else { return }
        let index = layer.mark.kind == "square" ? 1 : scales.index("shape", of: item)
        svg.shape(index, at: place, size: isSmall ? 2.5 : 3.5, fill(item), title: title(of: item))
    }

    private func rule(_ item: VegaLayer.Item, in svg: inout SVGText) {
        let (x, y) = (x(item.values["x"]), y(item.values["y"]))
        guard x != nil || y != nil else { return }
        let (color, strength) = scales.color.color(of: item, in: layer)
        let ends = [
            ("x1", x ?? frame.left), ("y1", y ?? frame.top), ("x2", x ?? frame.left + frame.width),
            ("y2", y ?? frame.top + frame.height),
        ]
        let look = [("stroke", color), ("stroke-opacity", SVGNumber.text(strength))]
        svg.element(
            "line",
            ends.map { ($0.0, SVGNumber.text($0.1)) } + look,
            title: title(of: item)
        )
    }

    private func words(_ item: VegaLayer.Item, in svg: inout SVGText) {
        guard let place = place(item), let channel = layer.channels["text"],
            let value = item.values["text"] ?? channel.value
        else { return }
        var text = value.keyText
        if let digits = channel.format?.wholeMatch(of: /\.([0-9])f/)?.1, let count = Int(digits),
            let number = value.chartNumber
        {
            text = SVGNumber.text(number, decimals: count, isPadded: true)
        }
        let (color, _) = scales.color.color(of: item, in: layer)
        let isPlain = layer.channels["color"] == nil && layer.mark.color == nil
        let look = [("text-anchor", "middle"), ("style", "fill: \(color)")].prefix(isPlain ? 1 : 2)
        svg.text(text, [("x", SVGNumber.text(place.x)), ("y", SVGNumber.text(place.y + 4))] + look)
    }
}
