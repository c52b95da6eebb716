/// The fields of one axis of a plot.
package enum PlotAxis: Hashable, Sendable {
    /// Of the file that the plot is named after.
    case fields([String])
    /// Of each of several files, in order.
    case files([PlotFile])
}

/// Fields of one file.
package struct PlotFile: Hashable, Sendable {
    package var file: String
    package var fields: [String]

    package init(file: String, fields: [String]) {
        self.file = file
        self.fields = fields
    }
}

/// How a plot is to be shown; nil leaves it to what else says it.
package struct PlotProperties: Hashable, Sendable {
    package var x: PlotAxis?
    package var y: PlotAxis?
    package var xLabel: String?
    package var yLabel: String?
    package var title: String?
    package var template: String?
    /// Whether the first line of a table has the names of its columns.
    package var hasHeader: Bool?

    package init() {}

    /// Of a `plots` entry in `dvc.yaml`; what is no property is passed over.
    package init(_ value: DataValue?) {
        for (name, value) in value?.topValues ?? [] {
            switch name {
            case "x": x = PlotAxis(value)
            case "y": y = PlotAxis(value)
            case "x_label": xLabel = value.text
            case "y_label": yLabel = value.text
            case "title": title = value.text
            case "template": template = value.text
            case "header": if case .bool(let flag) = value { hasHeader = flag }
            default: break
            }
        }
    }

    /// The same, where `other` says nothing else.
    package func overridden(by other: PlotProperties) -> PlotProperties {
        var result = self
        result.x = other.x ?? x
        result.y = other.y ?? y
        result.xLabel = other.xLabel ?? xLabel
        result.yLabel = other.yLabel ?? yLabel
        result.title = other.title ?? title
        result.template = other.template ?? template
        result.hasHeader = other.hasHeader ?? hasHeader
        return result
    }

    /// The files that hold the data of the plot with that name, each once: those of y first.
    package func sources(of name: String) -> [String] {
        var sources = [name]
        if case .files(let files)? = y { sources = files.map(\.file) }
        if case .files(let files)? = x, let first = files.first, !sources.contains(first.file) {
            sources.append(first.file)
        }
        return sources
    }
}

extension PlotAxis {
    fileprivate init?(_ value: DataValue) {
        switch value {
        case .mapping(let pairs):
            self = .files(pairs.map { PlotFile(file: $0.key, fields: Self.names($0.value)) })
        case .null: return nil
        default: self = .fields(Self.names(value))
        }
    }

    private static func names(_ value: DataValue) -> [String] {
        if case .list(let items) = value { return items.compactMap(\.text) }
        return value.text.map { [$0] } ?? []
    }
}

extension DataValue {
    /// The text of a scalar, as Python prints it; nil for a collection and for null.
    fileprivate var text: String? {
        switch self {
        case .null, .list, .mapping, .keyedMapping: nil
        default: keyText
        }
    }
}
