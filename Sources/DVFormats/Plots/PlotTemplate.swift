/// A Vega-Lite specification with anchors in the places of what a plot fills in.
package struct PlotTemplate: Sendable {
    package let name: String
    package private(set) var content: DataValue

    package init(name: String, content: DataValue) {
        self.name = name
        self.content = content
    }

    /// Reads a template of the user's own.
    package init(name: String, parsing bytes: [UInt8], file: String) throws(FormatError) {
        let content = try JSONParser.parse(bytes, file: file)
        guard case .mapping = content else {
            throw FormatError(file: file, problem: "expected a Vega-Lite specification")
        }
        self.init(name: name, content: content)
    }

    /// What stands in a specification where `name` is filled in.
    package static func anchor(_ name: String) -> String { "<DVC_METRIC_\(name.uppercased())>" }

    func has(_ name: String) -> Bool { Self.find(Self.anchor(name), in: content) }

    private static func find(_ anchor: String, in value: DataValue) -> Bool {
        switch value {
        case .string(let text): text == anchor
        case .mapping(let pairs): pairs.contains { find(anchor, in: $0.value) }
        case .list(let items): items.contains { find(anchor, in: $0) }
        default: false
        }
    }

    /// A text is also filled in where the anchor is a part of one.
    mutating func fill(_ name: String, with value: DataValue) {
        content = Self.replacing(Self.anchor(name), with: value, in: content)
    }

    private static func replacing(
        _ anchor: String,
        with new: DataValue,
        in value: DataValue
    ) -> DataValue {
        switch value {
        case .mapping(let pairs):
            return .mapping(pairs.map { ($0.key, replacing(anchor, with: new, in: $0.value)) })
        case .list(let items):
            return .list(
                items.map { item in
                    if case .string(let text) = item { return text == anchor ? new : item }
                    return replacing(anchor, with: new, in: item)
                }
            )
        case .string(let text):
            if text == anchor { return new }
            guard case .string(let part) = new else { return value }
            return .string(text.replacing(anchor, with: part))
        default: return value
        }
    }
}

extension PlotTemplate {
    /// The one that plots without a template have.
    package static let standardName = "linear"

    /// In the order of DVC's list.
    package static let builtIn: [PlotTemplate] = [
        PlotTemplate(name: "simple", content: .simple),
        PlotTemplate(name: standardName, content: .smooth),
        PlotTemplate(name: "confusion", content: .confusion),
        PlotTemplate(name: "confusion_normalized", content: .normalizedConfusion),
        PlotTemplate(name: "scatter", content: .scatter),
        PlotTemplate(name: "scatter_jitter", content: .jitteredScatter),
        PlotTemplate(name: "smooth", content: .smooth),
        PlotTemplate(name: "bar_horizontal_sorted", content: .bars(sort: "-x")),
        PlotTemplate(name: "bar_horizontal", content: .bars(sort: nil)),
    ]

    package static func builtIn(_ name: String) -> PlotTemplate? {
        builtIn.first { $0.name == name }
    }
}
