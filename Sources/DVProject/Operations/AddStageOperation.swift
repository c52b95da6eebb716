import DVFormats
import DVPipeline
import DVSystem

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
    package func run(in project: Project) throws -> TouchedFiles {
        try checkName()
        if definition.command.lines.allSatisfy(\.isEmpty) { throw ProjectError.commandMissing }
        let path = project.workingDirectory.appending(StageFileReader.pipelineName)
        let shown = StageFileReader.pipelineName
        let collection = try StageCollection.read(project)
        let before = collection.files[path].map(pipeline) ?? PipelineFile(file: shown)
        let replaced = before.stage(named: definition.name)
        if !isReplacing, before.hasEntry(named: definition.name) {
            throw ProjectError.stageExists(name: definition.name, file: shown)
        }
        let changed = try before.addingStage(definition.keepingNotes(of: replaced))
        let stage = Stage(definition, in: path, at: project.place)
        let git = try GitBookkeeper(project)
        try check(stage, project, git)
        try check(stage, beside: collection.files[path]?.stages ?? [], in: collection)
        try path.replaceContents(with: changed.bytes)
        git.touch(path)
        for output in stage.outputs
        where output.options.isCached && output.path.hasPrefix(project.root) {
            if try output.path.parent.exists() { try git.ignore(output.path) }
        }
        let touched = try git.finish()
        for dependency in stage.dependencies
        where try dependency.isPath && !dependency.path.exists() {
            guard let advice = WildcardAdvice.text(for: dependency.display) else { continue }
            project.reporter.report(.warning(advice))
        }
        project.reporter.report(.answer("Added stage '\(stage.address)' in '\(shown)'"))
        return isRunning ? touched.merging(try runStage(in: project)) : touched
    }

    private func pipeline(_ file: StageFile) -> PipelineFile {
        if case .pipeline(let pipeline, _) = file.content { return pipeline }
        return PipelineFile(file: StageFileReader.pipelineName)
    }

    /// DVC's rule: no ASCII punctuation but `_` and `-`.
    private func checkName() throws {
        let isValid =
            !definition.name.isEmpty
            && definition.name.unicodeScalars.allSatisfy {
                !Self.punctuation.contains($0) || $0 == "_" || $0 == "-"
            }
        if !isValid { throw ProjectError.invalidStageName(definition.name) }
    }

    private static let punctuation = Set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".unicodeScalars)

    /// What concerns the stage alone: its directory, its arguments, and whether Git has its outputs.
    private func check(_ stage: Stage, _ project: Project, _ git: GitBookkeeper) throws {
        let directory = stage.workingDirectory
        if let problem = try StageDirectoryProblem(directory, in: project) {
            throw ProjectError.stageDirectory(directory, problem)
        }
        try stage.checkArguments(at: project.place)
        for name in stage.dependencies.compactMap(\.remoteName) {
            _ = try project.settings.remote(name)
        }
        try OutputCheck(ignoring: project.ignoring, place: project.place).check(stage)
        for output in stage.outputs where output.options.isCached {
            try git.checkUntracked(output.path)
        }
    }

    /// What concerns the project: no output belongs to two stages, and no stage waits for itself.
    private func check(
        _ stage: Stage,
        beside others: [Stage],
        in collection: StageCollection
    ) throws {
        let left = others.filter { $0.name != stage.name && $0.group != stage.name }
        _ = try collection.replacing(
            StageFile(
                path: stage.file,
                text: [],
                content: .pipeline(PipelineFile(file: ""), lock: LockFile()),
                stages: left + [stage]
            )
        )
    }

    private func runStage(in project: Project) throws -> TouchedFiles {
        var options = ReproduceOptions()
        options.isForced = true
        let report = try ReproduceOperation(
            targets: [definition.name],
            scope: ReproduceScope(isSingleItem: true),
            options: options
        )
        .run(in: project)
        try report.check()
        return report.touched
    }
}

extension StageDependency {
    /// The remote that an address starts from: `remote://<name>/…`.
    fileprivate var remoteName: String? {
        guard written.hasPrefix("remote://") else { return nil }
        return written.dropFirst("remote://".count).split(separator: "/").first.map(String.init)
    }
}

extension StageDirectoryProblem {
    /// Nil if a command may run in `directory`.
    fileprivate init?(_ directory: AbsolutePath, in project: Project) throws {
        guard try directory.exists() else {
            self = .missing
            return
        }
        guard try FileStatus.following(directory).isDirectory else {
            self = .notDirectory
            return
        }
        guard !directory.hasPrefix(project.root) else { return nil }
        self = .outside
    }
}
