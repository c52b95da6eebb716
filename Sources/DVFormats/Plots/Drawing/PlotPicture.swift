/// What a picture of a user's own template does not show.
package struct PlotOmissions: Sendable {
    package let template: String
    /// Of the specification; in its words.
    package let features: [String]
    /// Whether nothing but the kind of mark was taken of the template.
    package let isMarkOnly: Bool
}

/// A plot drawn as SVG.
package struct PlotPicture: Sendable {
    private let part: SVGPart
    /// Nil if it shows all that its template says.
    package private(set) var omissions: PlotOmissions?

    /// Draws as the template says: DVC's own ones have drawings of their own, a user's is read part by part.
    package init(of plot: DataPlot) throws(PlotTemplateProblem) {
        if let kind = plot.template.standardKind {
            part = Self.part(of: plot, kind)
            return
        }
        var reader = VegaReader()
        let scene = reader.scene(try plot.specification()?.content ?? [:])
        let isMarkOnly = !scene.hasMarks && !reader.omissions.isEmpty
        part = isMarkOnly ? Self.part(of: plot, plot.template.kindOfMark) : scene.drawn()
        guard !reader.omissions.isEmpty else { return }
        omissions = PlotOmissions(
            template: plot.template.name,
            features: reader.omissions,
            isMarkOnly: isMarkOnly
        )
    }

    private static func part(of plot: DataPlot, _ kind: PlotTemplate.Kind) -> SVGPart {
        switch kind {
        case .lines: PointChart(of: plot, .lines).drawn()
        case .smooth: PointChart(of: plot, .smoothLines).drawn()
        case .scatter: PointChart(of: plot, .points).drawn()
        case .jitter: PointChart(of: plot, .jitteredPoints).drawn()
        case .confusion(let isNormalized):
            ConfusionChart(of: plot, isNormalized: isNormalized).drawn()
        case .bars(let isSorted): BarChart(of: plot, isSorted: isSorted).drawn()
        }
    }

    init(_ part: SVGPart) { self.part = part }

    /// Pictures below each other.
    package static func stacked(_ pictures: [PlotPicture]) -> PlotPicture {
        PlotPicture(SVGPart.grid(pictures.map(\.part), columns: 1))
    }

    /// An element for a page; a file of its own, which knows its colours, if `isFile`.
    package func svg(isFile: Bool) -> String {
        let size = (SVGNumber.text(part.width), SVGNumber.text(part.height))
        let style = isFile ? "<style>\n\(Self.style)</style>\n" : ""
        return
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" width=\"\(size.0)\" height=\"\(size.1)\" "
            + "viewBox=\"0 0 \(size.0) \(size.1)\" role=\"img\">\n\(style)\(part.body)</svg>\n"
    }

    /// Follows the dark or light colours of the reader.
    static let style = """
        .plot { font: 12px system-ui, "DejaVu Sans", sans-serif; color: #24292f; background: #ffffff; }
        .plot text { fill: currentColor; }
        .plot .title { font-size: 14px; font-weight: 600; }
        .plot .grid { stroke: currentColor; stroke-opacity: 0.12; }
        .plot .axis { stroke: currentColor; stroke-opacity: 0.6; }
        .plot .cell { stroke: currentColor; stroke-opacity: 0.15; }
        .plot .onDark { fill: #ffffff; }
        @media (prefers-color-scheme: dark) {
          .plot { color: #d0d7de; background: #161b22; }
        }

        """
}

extension PlotTemplate {
    enum Kind: Sendable {
        case lines, smooth, scatter, jitter
        case confusion(isNormalized: Bool)
        case bars(isSorted: Bool)
    }

    /// Of DVC's own templates, also where a user's is a copy of one; nil for others.
    var standardKind: Kind? {
        let same = Self.builtIn.filter { $0.content == content }
        return (same.first { $0.name == name } ?? same.first).flatMap { Self.kind(named: $0.name) }
    }

    private static func kind(named name: String) -> Kind? {
        switch name {
        case "linear", "simple": .lines
        case "smooth": .smooth
        case "scatter": .scatter
        case "scatter_jitter": .jitter
        case "confusion": .confusion(isNormalized: false)
        case "confusion_normalized": .confusion(isNormalized: true)
        case "bar_horizontal": .bars(isSorted: false)
        case "bar_horizontal_sorted": .bars(isSorted: true)
        default: nil
        }
    }

    /// The standard kind that comes nearest to the first mark.
    var kindOfMark: Kind {
        switch Self.mark(in: content) {
        case "point", "circle", "square": .scatter
        case "bar": .bars(isSorted: false)
        case "rect": .confusion(isNormalized: false)
        default: .lines
        }
    }

    private static func mark(in value: DataValue) -> String? {
        if case .list(let items) = value { return items.lazy.compactMap(mark).first }
        let pairs = value.topValues
        if let mark = pairs.first(where: { $0.key == "mark" })?.value {
            if case .string(let name) = mark { return name }
            return mark.topValues.first { $0.key == "type" }?.value.keyText
        }
        return pairs.filter { ["layer", "spec", "hconcat", "vconcat"].contains($0.key) }
            .lazy.compactMap { mark(in: $0.value) }.first
    }
}
