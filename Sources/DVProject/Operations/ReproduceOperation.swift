import DVFormats
import DVObjects
import DVPipeline
import DVReporting
import DVSystem
import DVWorkspace

/// Which stages `repro` looks at.
package struct ReproduceScope: Sendable {
    package var isSingleItem: Bool
    package var isWholePipeline: Bool
    package var isAllPipelines: Bool
    package var isRecursive: Bool
    package var isDownstream: Bool
    package var usesGlob: Bool

    package init(
        isSingleItem: Bool = false,
        isWholePipeline: Bool = false,
        isAllPipelines: Bool = false,
        isRecursive: Bool = false,
        isDownstream: Bool = false,
        usesGlob: Bool = false
    ) {
        self.isSingleItem = isSingleItem
        self.isWholePipeline = isWholePipeline
        self.isAllPipelines = isAllPipelines
        self.isRecursive = isRecursive
        self.isDownstream = isDownstream
        self.usesGlob = usesGlob
    }

    var plan: PlanScope {
        if isAllPipelines { return .everything }
        if isWholePipeline { return .pipeline }
        if isDownstream { return .downstream }
        return isSingleItem ? .single : .upstream
    }
}

/// What a reproduction did.
package struct ReproduceReport: Sendable {
    package let report: ReproductionReport
    package let touched: TouchedFiles
    /// Of the outputs of stages that were brought up to date.
    package let outputBytes: [Stage: Int64]

    /// Throws what `repro` ends with: `Interrupted`, or a `ReproductionError`.
    package func check() throws { try report.check() }
}

/// Runs the stages that are out of date.
package struct ReproduceOperation {
    private let targets: [String]
    private let scope: ReproduceScope
    private let options: ReproduceOptions
    private let isCommitting: Bool

    package init(
        targets: [String],
        scope: ReproduceScope = ReproduceScope(),
        options: ReproduceOptions = ReproduceOptions(),
        isCommitting: Bool = true
    ) {
        self.targets = targets
        self.scope = scope
        self.options = options
        self.isCommitting = isCommitting
    }

    /// The lock files tell the truth about every stage that finished, whatever happens to the others; failures are in the
    /// report.
    ///
    /// Takes the project's lock itself, and lets go of it while commands run.
    package func run(in project: Project) throws -> ReproduceReport {
        var options = options
        if options.effectiveJobs > 1 {
            options.expectedSeconds = try StageTimes(project).estimate
        }
        options.logs = project.root.appending(".dvc/tmp/logs")
        var ignored = TouchedFiles.none
        let (stages, data) = try project.lock.hold { () -> (StagePlan, ReproductionData) in
            if options.pullsMissing, options.usesRunCache { pullRunCache(project) }
            let collection = try StageCollection.read(project)
            let plan = try self.plan(in: collection, project)
            try claims(of: plan, &options, project)
            let committer = try StageCommitter(
                project,
                collection,
                isRelinking: true,
                isStoring: isCommitting,
                order: plan.steps.map(\.stage)
            )
            if !options.isDry { ignored = try ignoreOutputs(of: plan, project) }
            let data = ReproductionData(
                project,
                committer,
                collection.stages,
                isPulling: options.pullsMissing
            )
            return (plan, data)
        }
        let commands = CommandRunner(
            root: project.root,
            environment: project.environment,
            reporter: project.reporter,
            options: options
        )
        let runner = StageRunner(
            data,
            at: project.place,
            commands: commands,
            reporter: project.reporter,
            options: options
        )
        let publisher = LockPublisher(data.committer)
        let result = Result {
            try project.lock.keep(isKeeping: options.confirm == nil) {
                try Scheduler(runner, reporter: project.reporter, options: options).run(stages)
            }
        }
        let touched = try project.stageLocks.releaseEnded {
            try publisher.stop()
            return try project.lock.hold { try data.committer.finish() }
        }
        let report = try result.get()
        if !options.isDry {
            try StageTimes.note(report, in: project)
            try StageFailures.note(report, in: project)
        }
        return ReproduceReport(
            report: report,
            touched: touched.merging(ignored),
            outputBytes: try outputBytes(of: report.reproduced, data.committer)
        )
    }

    private func outputBytes(
        of stages: [Stage],
        _ committer: StageCommitter
    ) throws -> [Stage: Int64] {
        var bytes: [Stage: Int64] = [:]
        for stage in stages {
            let outputs = try committer.record(of: stage)?.outputs.values
            bytes[stage] = outputs?.reduce(0) { $0 + ($1.size ?? 0) }
        }
        return bytes
    }

    /// Before anything runs, so that a killed run never leaves data that Git would take.
    private func ignoreOutputs(
        of plan: StagePlan,
        _ project: Project
    ) throws -> TouchedFiles {
        let git = try GitBookkeeper(project, isLazy: true)
        let outputs = plan.steps.flatMap(\.stage.outputs)
            .filter { $0.options.isCached && $0.path.hasPrefix(project.root) }
        try git.ignore(outputs.map(\.path))
        return try git.finish()
    }

    /// Throws `ClaimError` if a stage needs more than the machine has.
    private func claims(
        of plan: StagePlan,
        _ options: inout ReproduceOptions,
        _ project: Project
    ) throws {
        let limits = project.settings.resources
        options.limits = limits
        for stage in plan.steps.map(\.stage) {
            let claims = try StageClaims(of: stage)
            try claims.check(stage, limits: limits)
            if claims != .none { options.claims[stage] = claims }
        }
        guard options.effectiveJobs > 1 else { return }
        let unlimited = Set(options.claims.values.flatMap(\.resources.keys))
            .subtracting(limits.keys)
        for name in unlimited.sorted() {
            project.reporter.report(
                .warning(
                    "stages need '\(name)', of which no limit is set: 'dvswift config resources.\(name) <amount>' sets one"
                )
            )
        }
    }

    /// Stages can run without it.
    private func pullRunCache(_ project: Project) {
        do {
            _ = try RunCacheTransfer(project, remote: nil).download()
        } catch {
            let reason = options.describe(error)
            project.reporter.report(.warning("Failed to pull run cache: \(reason)"))
        }
    }

    private func plan(in collection: StageCollection, _ project: Project) throws -> StagePlan {
        let graph = collection.graph
        if scope.isAllPipelines { return graph.plan([], scope: .everything) }
        let selection = SelectionOptions(isRecursive: scope.isRecursive, isGlob: scope.usesGlob)
        let selected = try graph.select(targets, selection, at: project.place)
        return graph.plan(selected, scope: scope.plan)
    }
}
