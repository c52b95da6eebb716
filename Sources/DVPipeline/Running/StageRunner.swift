import DVFormats
import DVReporting
import DVSystem

/// Brings one stage up to date as DVC does: decides, restores or runs, checks and records.
package struct StageRunner<Data: StageData>: StageExecutor {
    private let data: Data
    private let place: ProjectPlace
    private let commands: CommandRunner
    private let reporter: any Reporter
    private let confirm: (@Sendable (Stage) -> Bool)?
    private let staleness: Staleness<Data>

    package init(
        _ data: Data,
        at place: ProjectPlace,
        commands: CommandRunner,
        reporter: any Reporter,
        options: ReproduceOptions = ReproduceOptions()
    ) {
        self.data = data
        self.place = place
        self.commands = commands
        self.reporter = reporter
        confirm = options.confirm
        staleness = Staleness(data, allowsMissing: options.allowsMissing)
    }

    package func reproduce(_ stage: Stage, _ request: StageRequest) throws -> Bool {
        if stage.isFrozen, !stage.isImport {
            reporter.report(.warning(ReproduceText.frozen(stage)))
        }
        let record = try data.record(of: stage)
        if !request.isForced, try staleness.firstReason(stage, record) == nil {
            reporter.report(.answer(ReproduceText.unchanged(stage)))
            return false
        }
        if let confirm, !confirm(stage) { throw StageError.aborted }
        if let command = stage.command, !stage.isFrozen {
            try run(stage, command, record, request)
        } else if !request.isDry {
            try verify(stage)
        }
        return true
    }

    private func run(
        _ stage: Stage,
        _ command: StageCommand,
        _ record: StageRecord?,
        _ request: StageRequest
    ) throws {
        if !request.isForced, try restore(stage, record, request) {
            if !request.isDry { try data.commit(stage) }
            return
        }
        if request.isDry { return commands.announce(stage, command) }
        try checkInputs(stage)
        try clearOutputs(stage)
        try runCommands(stage, command, request)
        for output in stage.outputs where try !data.exists(output.path) {
            throw StageError.outputMissing(output.display)
        }
        try data.commit(stage)
    }

    private func runCommands(
        _ stage: Stage,
        _ command: StageCommand,
        _ request: StageRequest
    ) throws {
        try data.commandsWillRun(stage)
        do {
            try commands.run(stage, command, isParallel: request.isParallel)
        } catch {
            try data.commandsDidRun(stage)
            throw error
        }
        try data.commandsDidRun(stage)
    }

    /// Puts recorded outputs back instead of running, where the record says that the run would give them.
    private func restore(
        _ stage: Stage,
        _ record: StageRecord?,
        _ request: StageRequest
    ) throws -> Bool {
        guard let record, isRestorable(stage) else { return false }
        let outputs = stage.outputs.compactMap { output in
            record.outputs[output.written].map { RecordedOutput(output: output, content: $0) }
        }
        guard outputs.count == stage.outputs.count,
            try staleness.hasRecordedInputs(stage, record),
            try data.restore(outputs, of: stage, isDry: request.isDry)
        else { return false }
        reporter.report(.answer(ReproduceText.cached(stage)))
        return true
    }

    /// Whether the stage's outputs follow from what it declares.
    private func isRestorable(_ stage: Stage) -> Bool {
        !stage.isAlwaysChanged && !stage.inputPaths.isEmpty && !stage.outputs.isEmpty
            && stage.outputs.allSatisfy {
                !$0.options.isPersistent && place.contains($0.path)
            }
    }

    /// Refuses before anything is removed what would fail after the run.
    private func checkInputs(_ stage: Stage) throws {
        try stage.checkDependencies()
        for dependency in stage.dependencies where try !data.exists(dependency.path) {
            throw StageError.dependencyMissing(dependency.display)
        }
        for selection in stage.parameters {
            guard let root = try data.parameters(in: selection.file) else {
                throw StageError.dependencyMissing(selection.display)
            }
            let missing = selection.keys.filter { root.value(atDottedKey: $0) == nil }
            guard missing.isEmpty else {
                throw StageError.parametersMissing(missing, file: selection.display)
            }
        }
    }

    private func clearOutputs(_ stage: Stage) throws {
        for output in stage.outputs {
            if output.options.isPersistent {
                try data.makeWritable(output)
            } else {
                try data.remove(output)
            }
        }
    }

    private func verify(_ stage: Stage) throws {
        reporter.report(.answer(ReproduceText.verifying(stage)))
        let missing = try stage.outputs.filter { try !data.exists($0.path) }
        guard missing.isEmpty else { throw StageError.dataMissing(missing.map(\.display)) }
        try data.commit(stage)
    }
}
