/// A specification with the data of a plot in it.
package struct VegaSpecification: Sendable {
    package let content: DataValue
    /// What was left out of `content`, by anchor.
    package let definitions: [(key: String, value: DataValue)]
}

/// A template that has no place for data, or needs a field that is not there.
package enum PlotTemplateProblem: Error, Sendable {
    case noDataAnchor(template: String)
    case noField(String)
}

/// Fills the anchors of a template, as DVC does.
struct VegaFilling {
    private let plot: DataPlot
    private let split: Set<String>
    private let varied: [String]
    private var template: PlotTemplate
    /// Anchors that a template need not have, as far as this one does and they are not filled yet.
    private var open: Set<String>
    private var definitions: [(key: String, value: DataValue)] = []

    private static let separator = "::"

    private static let optional: Set<String> = [
        "color", "column", "group_by_x", "group_by_y", "group_by", "pivot_field", "plot_height",
        "plot_width", "row", "shape", "stroke_dash", "tooltip", "zoom_and_pan",
    ]

    /// What editors want apart, to keep the look of a plot while data changes.
    private static let splitAnchors: Set<String> = [
        "color", "data", "plot_height", "plot_width", "shape", "stroke_dash", "title", "tooltip",
        "x_label", "y_label", "zoom_and_pan",
    ]

    private init(_ plot: DataPlot, isSplit: Bool) {
        self.plot = plot
        template = plot.template
        split = isSplit ? Self.splitAnchors : []
        open = Self.optional.filter(plot.template.has)
        varied = plot.variedKeys
    }

    static func specification(
        of plot: DataPlot,
        isSplit: Bool
    ) throws(PlotTemplateProblem) -> VegaSpecification {
        for field in [plot.x, plot.y].compactMap(\.self) where !field.isEmpty {
            guard plot.points.contains(where: { $0.has(field) }) else { throw .noField(field) }
        }
        guard plot.template.has("data") else {
            throw .noDataAnchor(template: plot.template.name)
        }
        var filling = VegaFilling(plot, isSplit: isSplit)
        let keepsSources = filling.open.isEmpty
        filling.fillOptional()
        filling.put("title", .string(plot.title))
        for (name, field) in [("x", plot.x), ("y", plot.y)] {
            if let field { filling.put(name, .string(escaped(field))) }
        }
        for (name, label) in [("x_label", plot.xLabel), ("y_label", plot.yLabel)] {
            if let label { filling.put(name, .string(label)) }
        }
        filling.put("data", .list(filling.values(keepsSources: keepsSources)))
        return VegaSpecification(
            content: filling.template.content,
            definitions: filling.definitions
        )
    }

    /// In the names of fields, Vega takes dots and brackets for paths.
    private static func escaped(_ field: String) -> String {
        var text = ""
        for character in field {
            if character == "." || character == "[" || character == "]" { text.append("\\") }
            text.append(character)
        }
        return text
    }

    private mutating func put(_ name: String, _ value: DataValue) {
        if split.contains(name) {
            definitions.append((PlotTemplate.anchor(name), value))
        } else {
            template.fill(name, with: value)
        }
    }

    private mutating func putOptional(_ name: String, _ value: DataValue) {
        if open.remove(name) != nil { put(name, value) }
    }

    // MARK: What tells series apart

    private mutating func fillOptional() {
        putOptional("color", mapping("color", "rev", plot.revisions))
        putOptional("zoom_and_pan", ["name": "grid", "select": "interval", "bind": "scales"])
        putOptional("plot_height", 300)
        putOptional("plot_width", 300)
        let source = varied.joined(separator: Self.separator)
        let isSingle = plot.sources.count <= 1
        let group: [DataValue] = isSingle ? ["rev"] : ["rev", .string(source)]
        putOptional("group_by", .list(group))
        putOptional("group_by_x", .list(group + [optionalText(plot.x)]))
        putOptional("group_by_y", .list(group + [optionalText(plot.y)]))
        let keys = (["rev"] + varied).map { "datum.\($0)" }
        putOptional("pivot_field", .string(keys.joined(separator: " + '\(Self.separator)' + ")))
        if !isSingle {
            putOptional("row", ["field": .string(source), "sort": []])
            putOptional("column", ["field": .string(source), "sort": []])
        }
        let fields =
            [.string("rev"), optionalText(plot.x), optionalText(plot.y)]
            + (isSingle ? [] : [DataValue.string(source)])
        putOptional("tooltip", .list(fields.map { ["field": $0] }))
        if !isSingle {
            let domain = Set(plot.sources.map(sourceName)).sorted(by: Self.precedes)
            for name in ["stroke_dash", "shape"] {
                putOptional(name, mapping(name, source, domain))
            }
        }
        // What only several sources need is empty, whether split or not.
        for name in open { template.fill(name, with: [:]) }
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
    }

    private func optionalText(_ text: String?) -> DataValue { text.map { .string($0) } ?? .null }

    private func sourceName(_ source: PlotSource) -> String {
        switch varied {
        case ["filename"]: source.file
        case ["field"]: source.field
        default: source.file + Self.separator + source.field
        }
    }

    /// Which look each value of a field has; a legend of dashes and shapes is drawn without filling.
    private func mapping(_ name: String, _ field: String, _ domain: [String]) -> DataValue {
        let looks = Self.looks(name)
        let range = domain.indices.map { looks[$0 % looks.count] }
        let scale: DataValue = [
            "field": .string(field),
            "scale": ["domain": .list(domain.map { .string($0) }), "range": .list(range)],
        ]
        guard name != "color" else { return scale }
        return scale.adding([
            "legend": ["symbolFillColor": "transparent", "symbolStrokeColor": "grey"]
        ])
    }

    private static func looks(_ name: String) -> [DataValue] {
        switch name {
        case "color": PlotLook.colors.map { .string($0) }
        case "shape": ["circle", "square", "triangle", "diamond"]
        default: PlotLook.dashes.map { .list($0.map { .integer($0) }) }
        }
    }

    // MARK: Data

    /// The points, with what tells them apart only.
    private func values(keepsSources: Bool) -> [DataValue] {
        plot.points.map { point in
            var point = point
            if !keepsSources {
                if varied.count == 2 {
                    point["filename::field"] = .string(
                        varied.map { point[$0]?.keyText ?? "" }.joined(separator: Self.separator)
                    )
                }
                for key in ["filename", "field"] where varied.count == 2 || !varied.contains(key) {
                    point[key] = nil
                }
            }
            return .mapping(point.fields)
        }
    }
}

/// How series look, in Vega's specifications and in pictures.
enum PlotLook {
    static let colors = [
        "#945dd6", "#13adc7", "#f46837", "#48bb78", "#4299e1", "#ed8936", "#f56565",
    ]
    static let dashes = [[1, 0], [8, 8], [8, 4], [4, 4], [4, 2], [2, 1], [1, 1]]

    /// As SVG writes it.
    static func dash(_ index: Int) -> String {
        dashes[index % dashes.count].map(String.init).joined(separator: " ")
    }
}

extension DataPlot {
    /// The specification that editors show; nil if there are no points.
    ///
    /// `isSplit` leaves data and looks out of it.
    package func specification(
        isSplit: Bool = false
    ) throws(PlotTemplateProblem) -> VegaSpecification? {
        points.isEmpty ? nil : try VegaFilling.specification(of: self, isSplit: isSplit)
    }
}
