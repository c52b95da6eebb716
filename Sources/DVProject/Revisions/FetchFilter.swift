import DVFormats
import DVPipeline
import DVSystem

/// Which of the selected outputs a fetch is about.
package struct FetchFilter: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case metrics, plots
    }

    /// Only outputs that are recorded as smaller, in bytes, or without a size; nil and 0 for all.
    package var sizeLimit: Int64?
    /// Only outputs of these kinds; empty for all.
    package var kinds: [Kind] = []

    package init(sizeLimit: Int64? = nil, kinds: [Kind] = []) {
        self.sizeLimit = sizeLimit
        self.kinds = kinds
    }

    /// What of a snapshot passes.
    func apply(to snapshot: SelectedSnapshot) -> SelectedSnapshot {
        let named = kinds.flatMap { snapshot.collection.paths(ofReports: $0) }
        let outputs = snapshot.outputs.filter { isSmall($0) && isWanted($0, named) }
        return SelectedSnapshot(collection: snapshot.collection, outputs: outputs)
    }

    private func isSmall(_ output: TrackedOutput) -> Bool {
        guard let sizeLimit, sizeLimit != 0, let size = output.record?.size, size != 0 else {
            return true
        }
        return size < sizeLimit
    }

    private func isWanted(_ output: TrackedOutput, _ named: [AbsolutePath]) -> Bool {
        let path = output.output.path
        return kinds.isEmpty || named.contains { $0.overlaps(path) }
    }
}

extension StageCollection {
    /// The outputs that are metrics or plots, and what pipeline files name as such beside their stages.
    fileprivate func paths(ofReports kind: FetchFilter.Kind) -> [AbsolutePath] {
        let outputs = stages.flatMap(\.outputs).filter { $0.kind.isReport(kind) }.map(\.path)
        return outputs + files.values.flatMap { $0.paths(ofReports: kind) }
    }
}

extension StageFile {
    fileprivate func paths(ofReports kind: FetchFilter.Kind) -> [AbsolutePath] {
        guard case .pipeline(let pipeline, _) = content,
            let section = pipeline.topLevel.first(where: { $0.key == kind.rawValue }),
            case .list(let items) = section.value
        else { return [] }
        return items.flatMap(Self.sources).map { AbsolutePath($0, relativeTo: path.parent) }
    }

    /// A path, or a plot: its name is a path, unless its axes name files.
    private static func sources(_ item: DataValue) -> [String] {
        switch item {
        case .string(let path): [path]
        case .mapping(let plots):
            plots.flatMap { plot in
                let files = ["x", "y"].flatMap { keys(of: $0, in: plot.value) }
                return keys(of: "y", in: plot.value).isEmpty ? [plot.key] : files
            }
        default: []
        }
    }

    private static func keys(of axis: String, in plot: DataValue) -> [String] {
        guard case .mapping(let fields) = plot,
            case .mapping(let files)? = fields.first(where: { $0.key == axis })?.value
        else { return [] }
        return files.map(\.key)
    }
}

extension OutputDefinition.Kind {
    fileprivate func isReport(_ kind: FetchFilter.Kind) -> Bool {
        switch (self, kind) {
        case (.metric, .metrics), (.plot, .plots): true
        default: false
        }
    }
}
