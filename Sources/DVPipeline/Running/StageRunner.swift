import DVFormats
import DVReporting
import DVSystem

/// Brings one stage up to date as DVC does: decides, restores or runs, checks and records.
package struct StageRunner<Data: StageData>: StageExecutor {
    private let data: Data
    private let place: ProjectPlace
    private let commands: CommandRunner
    private let reporter: any Reporter
    private let options: ReproduceOptions
    /// Sees absent data as unchanged; nil unless it is to be pulled.
    private let stalenessOfPresent: Staleness<Data>?
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
        self.options = options
        stalenessOfPresent = options.pullsMissing ? Staleness(data, allowsMissing: true) : nil
        staleness = Staleness(data, allowsMissing: options.allowsMissing)
    }

    package func reproduce(_ stage: Stage, _ request: StageRequest) throws -> StageWork {
        if stage.isFrozen, !stage.isImport {
            reporter.report(.warning(ReproduceText.frozen(stage)))
        }
        let record = try data.record(of: stage)
        if !request.isForced, try staleness.firstReason(stage, record) == nil {
            reporter.report(.answer(ReproduceText.unchanged(stage)))
            return .none
        }
        if options.isExplaining { try explain(stage, record) }
        if !request.isForced, !request.isDry, try pull(stage, record) { return .none }
        if let confirm = options.confirm, !confirm(stage) { throw StageError.aborted }
        if let command = stage.command, !stage.isFrozen {
            return try run(stage, command, record, request)
        } else if !request.isDry {
            try verify(stage)
        }
        return .run
    }

    private func explain(_ stage: Stage, _ record: StageRecord?) throws {
        var makers: [String: Stage] = [:]
        for dependency in stage.dependencies {
            if dependency.isPath { makers[dependency.display] = data.maker(of: dependency.path) }
        }
        let reasons = try staleness.reasons(stage, record)
        let explanation = Explanation(stage, reasons, makers: makers)
        if let observe = options.observe { return observe(.stale(explanation)) }
        for line in ExplanationText.lines(explanation) { reporter.report(.answer(line)) }
    }

    private func run(
        _ stage: Stage,
        _ command: StageCommand,
        _ record: StageRecord?,
        _ request: StageRequest
    ) throws -> StageWork {
        if request.isDry {
            if !request.isForced, try restore(stage, record, request) { return .restored }
            commands.announce(stage, command)
            return .run
        }
        if !request.isForced { try pullDependencies(of: stage) }
        return try data.alone(stage) { isNews in
            let record = isNews ? try data.record(of: stage) : record
            if isNews, !request.isForced, try staleness.firstReason(stage, record) == nil {
                reporter.report(.answer(ReproduceText.unchanged(stage)))
                return .none
            }
            if !request.isForced, try restore(stage, record, request) {
                try data.commit(stage)
                return .restored
            }
            try checkInputs(stage)
            try runCommands(stage, command, request)
            for output in stage.outputs where try !data.exists(output.path) {
                throw StageError.outputMissing(output.display)
            }
            try data.commit(stage)
            return .run
        }
    }

    /// Runs the commands as often as it takes and is allowed.
    private func runCommands(
        _ stage: Stage,
        _ command: StageCommand,
        _ request: StageRequest
    ) throws {
        var attemptsLeft = options.retries
        while true {
            try clearOutputs(stage)
            do {
                return try commands.run(stage, command, takesOutput: request.takesOutput)
            } catch StageError.commandFailed(let line, let reason) where attemptsLeft > 0 {
                let error = StageError.commandFailed(line: line, reason)
                options.observe?(.retrying(stage, error, attemptsLeft: attemptsLeft))
                reporter.report(.warning(ReproduceText.retrying(stage, "\(error)", attemptsLeft)))
                attemptsLeft -= 1
            }
        }
    }

    /// Fetches the data of a stage that is only absent; false if more has changed, or it could not be had.
    private func pull(_ stage: Stage, _ record: StageRecord?) throws -> Bool {
        guard let stalenessOfPresent, try stalenessOfPresent.firstReason(stage, record) == nil
        else { return false }
        reporter.report(.answer(ReproduceText.pulling(stage)))
        // Of what is not recorded nothing can be fetched, which is no failure for `pull`.
        if let record, stage.outputs.allSatisfy({ record.outputs[$0.written] != nil }),
            try data.pull(.stage(stage))
        {
            return true
        }
        reporter.report(.answer(ReproduceText.unableToPull(stage)))
        return false
    }

    private func pullDependencies(of stage: Stage) throws {
        guard stalenessOfPresent != nil else { return }
        for dependency in stage.dependencies
        where try dependency.isPath && !data.exists(dependency.path) {
            _ = try data.pull(.dependency(dependency))
        }
    }

    /// Puts outputs back instead of running, where a record or the run cache says that the run would give them.
    private func restore(
        _ stage: Stage,
        _ record: StageRecord?,
        _ request: StageRequest
    ) throws -> Bool {
        guard stage.isCacheable(at: place), let contents = try knownResult(of: stage, record) else {
            return false
        }
        let outputs = stage.outputs.compactMap { output in
            contents[output.written].map { RecordedOutput(output: output, content: $0) }
        }
        guard outputs.count == stage.outputs.count,
            try data.restore(outputs, of: stage, isDry: request.isDry)
        else { return false }
        reporter.report(.answer(ReproduceText.cached(stage)))
        return true
    }

    private func knownResult(
        of stage: Stage,
        _ record: StageRecord?
    ) throws -> [String: ContentRecord]? {
        if let record, try staleness.hasRecordedInputs(stage, record),
            stage.outputs.allSatisfy({ record.outputs[$0.written] != nil })
        {
            return record.outputs
        }
        return options.usesRunCache ? try data.cachedResult(of: stage) : nil
    }

    /// Refuses before anything is removed what would fail after the run.
    private func checkInputs(_ stage: Stage) throws {
        for dependency in stage.dependencies {
            if let name = dependency.dataset {
                _ = try data.dataset(named: name).knownState()
                continue
            }
            let isThere =
                try dependency.isAddress
                ? data.exists(atAddress: dependency) : data.exists(dependency.path)
            if isThere { continue }
            throw StageError.dependencyMissing(dependency.display)
        }
        for selection in stage.parameters {
            guard let root = try data.parameters(in: selection.file) else {
                throw StageError.dependencyMissing(selection.display)
            }
            _ = try selection.values(in: root)
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
