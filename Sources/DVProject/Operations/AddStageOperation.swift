import DVFormats
import DVPipeline
import DVSystem

/// A stage that was added.
package struct AddedStage: Sendable {
    package let address: String
    package let touched: TouchedFiles
}

/// Writes a stage into the `dvc.yaml` of the working directory.
package struct AddStageOperation {
    private let definition: StageDefinition
    private let isReplacing: Bool
    private let isRunning: Bool

    package init(definition: StageDefinition, isReplacing: Bool, isRunning: Bool) {
        self.definition = definition
        self.isReplacing = isReplacing
        self.isRunning = isRunning
    }

    /// Nothing is written if the stage contradicts itself or the rest of the project.
    package func run(in project: Project) throws -> AddedStage {
        try checkName()
        let path = project.workingDirectory.appending(StageFileReader.pipelineName)
        let shown = StageFileReader.pipelineName
        let collection = try StageCollection.read(project)
        let before = collection.files[path].map(pipeline) ?? PipelineFile(file: shown)
        if !isReplacing, before.stage(named: definition.name) != nil {
            throw ProjectError.stageExists(name: definition.name, file: shown)
        }
        let changed = try before.addingStage(definition)
        let stage = Stage(definition, in: path, at: project.place)
        try stage.checkArguments(at: project.place)
        try check(changed, stage, at: path, in: collection, project)
        try path.replaceContents(with: changed.bytes)
        let git = try GitBookkeeper(project)
        git.touch(path)
        for output in stage.outputs
        where output.options.isCached && output.path.hasPrefix(project.root) {
            if try output.path.parent.exists() { try git.ignore(output.path) }
        }
        let touched = try git.finish()
        if isRunning { try runStage(in: project) }
        return AddedStage(address: stage.address, touched: touched)
    }

    private func pipeline(_ file: StageFile) -> PipelineFile {
        if case .pipeline(let pipeline, _) = file.content { return pipeline }
        return PipelineFile(file: StageFileReader.pipelineName)
    }

    /// DVC's rule: letters, digits, `_`, `-` and no more.
    private func checkName() throws {
        let isValid =
            !definition.name.isEmpty
            && definition.name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        if !isValid { throw ProjectError.invalidStageName(definition.name) }
    }

    private func check(
        _ pipeline: PipelineFile,
        _ stage: Stage,
        at path: AbsolutePath,
        in collection: StageCollection,
        _ project: Project
    ) throws {
        let stages = pipeline.stages.map { Stage($0, in: path, at: project.place) }
        _ = try collection.replacing(
            StageFile(
                path: path,
                text: [],
                content: .pipeline(pipeline, lock: LockFile()),
                stages: stages
            )
        )
    }

    private func runStage(in project: Project) throws {
        var options = ReproduceOptions()
        options.isForced = true
        _ = try ReproduceOperation(
            targets: [definition.name],
            scope: ReproduceScope(isSingleItem: true),
            options: options
        )
        .run(in: project)
    }
}
