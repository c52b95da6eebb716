/// A plot of data, with the points of all its revisions.
package struct DataPlot: Sendable {
    package let name: String
    package let template: PlotTemplate
    package private(set) var points: [PlotPoint] = []
    /// Those that have points, in order.
    package private(set) var revisions: [String] = []
    package private(set) var title: String
    /// The fields of the axes.
    package private(set) var x: String?
    package private(set) var y: String?
    package private(set) var xLabel: String?
    package private(set) var yLabel: String?
    /// Where the values of y come from, at the first revision.
    package private(set) var sources: [PlotSource] = []

    init(name: String, template: PlotTemplate) {
        self.name = name
        self.template = template
        title = name
    }

    /// The first revision with points tells what the axes are called.
    mutating func add(_ joined: JoinedPoints, at revision: String) {
        if points.isEmpty {
            title = joined.properties.title ?? name
            (x, y) = (joined.x, joined.y)
            (xLabel, yLabel) = (joined.xLabel, joined.yLabel)
            sources = joined.sources
        }
        points += joined.points
        if !revisions.contains(revision) { revisions.append(revision) }
    }

    /// What tells sources apart: nothing if there is one only.
    var variedKeys: [String] {
        guard sources.count > 1 else { return [] }
        var keys: [String] = []
        if Set(sources.map(\.file)).count > 1 { keys.append("filename") }
        if Set(sources.map(\.field)).count > 1 { keys.append("field") }
        return keys
    }
}

/// Makes plots of what revisions say and hold.
package struct PlotAssembly {
    /// What one revision says of a plot.
    package struct Part: Sendable {
        package let revision: String
        /// As its definition calls it.
        package let inner: String
        package let properties: PlotProperties

        package init(revision: String, inner: String, properties: PlotProperties) {
            self.revision = revision
            self.inner = inner
            self.properties = properties
        }
    }

    package private(set) var plot: DataPlot
    package private(set) var problems: [(revision: String, problem: PlotProblem)] = []

    /// `properties` are those of all parts together, `contents` what their files hold.
    package init(
        name: String,
        template: PlotTemplate,
        _ parts: [Part],
        _ properties: PlotProperties,
        contents: (_ revision: String, _ file: String) -> DataValue?
    ) {
        plot = DataPlot(name: name, template: template)
        for part in parts {
            let data = part.properties.sources(of: part.inner).compactMap { file in
                contents(part.revision, file).map { (file: file, value: $0) }
            }
            let join = PlotJoin(data, properties, at: part.revision)
            do throws(PlotProblem) {
                guard let joined = try join.joined(of: part.inner) else { continue }
                plot.add(joined, at: part.revision)
            } catch {
                problems.append((part.revision, error))
            }
        }
    }
}
