import DVSystem

/// What happens after a stage has failed.
package enum FailurePolicy: Hashable, Sendable {
    /// Nothing new starts; running stages finish.
    case stop
    /// Everything runs that does not need a failed stage: `--keep-going`.
    case keepGoing
    /// Everything runs: `--ignore-errors`.
    case ignore
}

/// How a plan is run.
package struct ReproduceOptions: Sendable {
    /// Stages that run at the same time.
    package var jobs = 1
    package var onFailure = FailurePolicy.stop
    /// Runs stages even if nothing changed.
    package var isForced = false
    /// Runs whatever needs a stage that has run.
    package var forcesDownstream = false
    /// Says what would run.
    package var isDry = false
    /// Data that is only absent does not make a stage stale.
    package var allowsMissing = false
    /// Data that is absent is fetched where that saves a run.
    package var pullsMissing = false
    /// Results of earlier runs with the same inputs stand for running.
    package var usesRunCache = true
    /// What stages need of the machine while they run; nothing if a stage is not here.
    package var claims: [Stage: StageClaims] = [:]
    /// How much of each resource there is; without limit if it is not here.
    package var limits: [String: Double] = [:]
    /// How long a stage will take, as far as is known.
    package var expectedSeconds: @Sendable (Stage) -> Double = { _ in 1 }
    /// The words for a failure that is told before the end.
    package var describe: @Sendable (any Error) -> String = { "\($0)" }
    /// How often a stage is run again after a failure.
    package var retries = 0
    /// Explanations are told, and in the output unless `observe` is set.
    package var isExplaining = false
    /// Told what happens to stages.
    package var observe: (@Sendable (ReproductionEvent) -> Void)?
    /// Whether output of commands is taken line by line also with one job, where it goes straight to the user.
    package var takesOutput = false
    /// Where output that is taken is kept too; nil keeps none.
    package var logs: AbsolutePath?
    /// Asked before each stage runs.
    package var confirm: (@Sendable (Stage) -> Bool)?

    package init() {}

    /// Saying and asking one thing at a time needs one job.
    package var effectiveJobs: Int { isDry || confirm != nil ? 1 : max(1, jobs) }
}

/// What the scheduler asks of a `StageExecutor` for one stage.
package struct StageRequest: Hashable, Sendable {
    package let isForced: Bool
    package let isDry: Bool
    /// Output is taken line by line, as other stages may run at the same time, and there is no terminal to read.
    package let takesOutput: Bool

    package init(isForced: Bool = false, isDry: Bool = false, takesOutput: Bool = false) {
        self.isForced = isForced
        self.isDry = isDry
        self.takesOutput = takesOutput
    }
}

/// What it took to bring a stage up to date.
package enum StageWork: Hashable, Sendable {
    case none
    /// A known result was put back.
    case restored
    case run
}

/// Decides and does the work of one stage; called on several threads for different stages.
package protocol StageExecutor: Sendable {
    /// Brings one stage up to date.
    ///
    /// Called when everything the stage needs is finished, so that what changed upstream is seen.
    func reproduce(_ stage: Stage, _ request: StageRequest) throws -> StageWork
}
