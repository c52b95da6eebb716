import DVFormats
import DVPipeline
import DVSystem

/// The plots that one moment defines, each below the file that does; those of stages and of targets below "".
struct PlotDefinitions {
    private(set) var groups: [(file: String, plots: [(name: String, properties: PlotProperties)])] =
        []

    private mutating func open(_ file: String) -> Int {
        if let index = groups.firstIndex(where: { $0.file == file }) { return index }
        groups.append((file, []))
        return groups.count - 1
    }

    /// Where there is a plot of that name, `properties` are added to what it says.
    private mutating func add(_ name: String, _ properties: PlotProperties, to group: Int) {
        if let index = groups[group].plots.firstIndex(where: { $0.name == name }) {
            let known = groups[group].plots[index].properties
            groups[group].plots[index].properties = known.overridden(by: properties)
        } else {
            groups[group].plots.append((name, properties))
        }
    }

    /// Names of plots with what their definitions call them; a name that several files use has its file before it.
    var named: [(name: String, inner: String, properties: PlotProperties)] {
        var files: [String: Int] = [:]
        for plot in groups.flatMap(\.plots) { files[plot.name, default: 0] += 1 }
        let all = groups.flatMap { group in group.plots.map { (group.file, $0) } }
        var seen: Set<String> = []
        return all.filter { seen.insert($0.1.name).inserted }.flatMap { _, first in
            all.filter { $0.1.name == first.name }.map { file, plot in
                let isShared = (files[plot.name] ?? 0) > 1
                let name = isShared && !file.isEmpty ? "\(file)::\(plot.name)" : plot.name
                return (name, plot.name, plot.properties)
            }
        }
    }

    /// Every file that holds data, each once.
    var sources: [String] {
        var seen: Set<String> = []
        return groups.flatMap(\.plots).flatMap { $0.properties.sources(of: $0.name) }
            .filter { seen.insert($0).inserted }
    }
}

extension PlotDefinitions {
    /// The definitions at `moment` that `targets` mean; `properties` are what the user says of all of them.
    init(
        at moment: PlotMoment,
        of project: Project,
        targets: [String],
        _ properties: PlotProperties
    ) throws {
        let selection = PlotSelection(targets)
        let files = moment.collection.files.values.sorted { $0.path < $1.path }
        for file in files {
            guard case .pipeline(let pipeline, _) = file.content else { continue }
            let plots = Self.topLevelPlots(of: pipeline)
            guard !plots.isEmpty else { continue }
            let shown = project.display(file.path)
            try add(plots, of: shown, at: moment, selection, properties)
        }
        for file in files {
            try addOutputs(of: file, project, at: moment, selection, properties)
        }
        for target in targets {
            guard try groups.isEmpty || moment.exists(target) else { continue }
            let group = open("")
            for name in try moment.files(at: target) ?? [target] {
                add(name, properties, to: group)
            }
        }
    }

    private static func topLevelPlots(
        of pipeline: PipelineFile
    ) -> [(name: String, properties: PlotProperties)] {
        let value = pipeline.topLevel.first { $0.key == "plots" }?.value
        guard case .list(let items)? = value else { return [] }
        var plots: [(name: String, properties: PlotProperties)] = []
        for item in items {
            let entry = item.topValues.first
            let name = entry?.key ?? item.keyText
            let properties = PlotProperties(entry?.value)
            if let index = plots.firstIndex(where: { $0.name == name }) {
                plots[index].properties = properties
            } else {
                plots.append((name, properties))
            }
        }
        return plots
    }

    /// Names are paths unless y tells its files; of two folders that hold a file, the inner one counts.
    private mutating func add(
        _ plots: [(name: String, properties: PlotProperties)],
        of file: String,
        at moment: PlotMoment,
        _ selection: PlotSelection,
        _ properties: PlotProperties
    ) throws {
        let group = open(file)
        let folder = PlotName.folder(of: file)
        let paths = plots.map { PlotName.joined(folder, $0.name) }
        for (plot, path) in zip(plots, paths) where selection.matches(plot.name, in: file) {
            let given = plot.properties.overridden(by: properties)
            guard case .files? = plot.properties.y else {
                for name in try moment.files(at: path) ?? [path] {
                    let nearest = paths.map { PlotName.sharedLength(name, $0) }.max() ?? 0
                    if nearest <= path.count { add(name, given, to: group) }
                }
                continue
            }
            add(plot.name, plot.properties.below(folder).overridden(by: properties), to: group)
        }
    }

    private mutating func addOutputs(
        of file: StageFile,
        _ project: Project,
        at moment: PlotMoment,
        _ selection: PlotSelection,
        _ properties: PlotProperties
    ) throws {
        let shown = project.display(file.path)
        for output in file.stages.flatMap(\.outputs) {
            guard case .plot(let written) = output.kind,
                selection.matches(output.display, in: shown)
            else { continue }
            let given = PlotProperties(written).overridden(by: properties)
            let name = project.display(output.path)
            let group = open("")
            for name in try moment.files(at: name) ?? [name] { add(name, given, to: group) }
        }
    }
}

extension PlotProperties {
    /// With files named from where `folder` is named from.
    fileprivate func below(_ folder: String) -> PlotProperties {
        var result = self
        func moved(_ axis: PlotAxis?) -> PlotAxis? {
            guard case .files(let files)? = axis else { return axis }
            return .files(
                files.map { PlotFile(file: PlotName.joined(folder, $0.file), fields: $0.fields) }
            )
        }
        result.x = moved(x)
        result.y = moved(y)
        return result
    }
}

/// The plots that a user's targets mean: regular expressions for how names start, as in DVC.
struct PlotSelection {
    private let targets: [String]
    private let patterns: [Regex<AnyRegexOutput>]

    init(_ targets: [String]) {
        self.targets = targets
        // What is no expression is taken as it is.
        patterns = targets.compactMap { try? Regex($0) }
    }

    func matches(_ name: String, in file: String) -> Bool {
        guard !targets.isEmpty else { return true }
        return [name, "\(file)::\(name)"].contains { text in
            targets.contains { text.hasPrefix($0) }
                || patterns.contains { text.prefixMatch(of: $0) != nil }
        }
    }
}
