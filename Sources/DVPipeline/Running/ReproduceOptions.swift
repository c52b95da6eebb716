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
    /// Other stages may run at the same time: output is to be prefixed, and there is no terminal to read.
    package let isParallel: Bool

    package init(isForced: Bool = false, isDry: Bool = false, isParallel: Bool = false) {
        self.isForced = isForced
        self.isDry = isDry
        self.isParallel = isParallel
    }
}

/// Decides and does the work of one stage; called on several threads for different stages.
package protocol StageExecutor: Sendable {
    /// Brings one stage up to date; false if it already was.
    ///
    /// Called when everything the stage needs is finished, so that what changed upstream is seen.
    func reproduce(_ stage: Stage, _ request: StageRequest) throws -> Bool
}
