import DVFormats
import DVPipeline
import DVSystem

/// Why an output cannot be changed into a plot, or a plot be changed.
package enum PlotEditError: Error, Sendable {
    case notAnOutput(String)
    /// The data of a `.dvc` file, which says nothing of plots.
    case notOfStage(String)
    case notAPlot(String)
    case notSet([String], plot: String)
}

/// Changes how an output of a stage is plotted, in its `dvc.yaml`.
package struct ModifyPlotOperation {
    private let target: String
    private let changes: [(key: String, value: DataValue)]
    private let unset: [String]

    /// `changes` are properties by the names that `dvc.yaml` has for them.
    package init(
        target: String,
        setting changes: [(key: String, value: DataValue)],
        unset: [String]
    ) {
        self.target = target
        self.changes = changes
        self.unset = unset
    }

    package func run(in project: Project) throws -> TouchedFiles {
        for change in changes where change.key == "template" {
            _ = try project.plotTemplate(change.value.keyText)
        }
        let collection = try StageCollection.read(project)
        let path = project.path(of: target)
        let found = collection.stages.lazy.compactMap { stage in
            stage.outputs.first { $0.path == path }.map { (stage: stage, output: $0) }
        }
        .first
        guard let found else { throw PlotEditError.notAnOutput(target) }
        try project.checkIsWritten(found.stage, isRemoval: false)
        guard case .pipeline(let pipeline, _)? = collection.files[found.stage.file]?.content,
            let stage = found.stage.name.flatMap(pipeline.stage(named:))
        else { throw PlotEditError.notOfStage(target) }
        let git = try GitBookkeeper(project)
        let changed = try pipeline.addingStage(try edited(stage, found.output))
        if changed.bytes != pipeline.bytes {
            try found.stage.file.replaceContents(with: changed.bytes)
        }
        git.touch(found.stage.file)
        return try git.finish()
    }

    private func edited(_ stage: StageDefinition, _ output: StageOutput) throws -> StageDefinition {
        var stage = stage
        for index in stage.outputs.indices where stage.outputs[index].path == output.written {
            let written = try properties(of: output.kind)
            stage.outputs[index].kind = .plot(written.isEmpty ? nil : .mapping(written))
        }
        stage.sortOutputs()
        return stage
    }

    private func properties(
        of kind: OutputDefinition.Kind
    ) throws -> [(key: String, value: DataValue)] {
        var pairs: [(key: String, value: DataValue)] = []
        if case .plot(let written) = kind {
            pairs = written?.topValues ?? []
        } else if !unset.isEmpty {
            throw PlotEditError.notAPlot(target)
        }
        let missing = unset.filter { name in !pairs.contains { $0.key == name } }
        guard missing.isEmpty else { throw PlotEditError.notSet(missing, plot: target) }
        pairs.removeAll { unset.contains($0.key) }
        for change in changes {
            if let index = pairs.firstIndex(where: { $0.key == change.key }) {
                pairs[index].value = change.value
            } else {
                pairs.append(change)
            }
        }
        return pairs
    }
}
