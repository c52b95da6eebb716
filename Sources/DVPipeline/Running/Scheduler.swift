import DVReporting
import DVSystem

/// Runs a plan with several stages at once, on operating-system threads.
///
/// A stage starts when everything it needs is finished and the machine has room for it. With one job the order is the plan's; with more, stages with the
/// longest way to the end go first.
package struct Scheduler<Executor: StageExecutor>: Sendable {
    private let executor: Executor
    private let reporter: any Reporter
    private let options: ReproduceOptions
    private let interruption: @Sendable () -> Int32?

    /// `interruption` tells whether the user wants to stop; it is asked before each stage.
    package init(
        _ executor: Executor,
        reporter: any Reporter,
        options: ReproduceOptions = ReproduceOptions(),
        interruption: @escaping @Sendable () -> Int32? = { Interruption.signal }
    ) {
        self.executor = executor
        self.reporter = reporter
        self.options = options
        self.interruption = interruption
    }

    /// Runs the plan as far as the failure policy and the user allow; failures are in the report.
    package func run(_ plan: StagePlan) throws -> ReproductionReport {
        let jobs = min(options.effectiveJobs, plan.steps.count)
        let urgencies = jobs > 1 ? plan.criticalTimes(options.expectedSeconds) : nil
        let schedule = Monitor(
            Schedule(
                plan,
                options.onFailure,
                urgencies: urgencies,
                claims: options.claims,
                limits: options.limits
            )
        )
        let isParallel = jobs > 1
        let takesOutput = isParallel || options.takesOutput
        try OSThread.run(jobs) {
            while let (step, isForced) = turn(schedule) {
                if !isParallel, step > 0, schedule.update({ $0.hasJustReproduced }) {
                    reporter.report(.answer(""))
                }
                perform(step, of: plan, on: schedule, isForced, takesOutput)
            }
        }
        return schedule.update {
            ReproductionReport(
                entries: $0.outcomes(),
                isInterrupted: interruption() != nil,
                policy: options.onFailure
            )
        }
    }

    /// The next step and whether it is forced; nil when there will be none for this thread.
    private func turn(_ schedule: Monitor<Schedule>) -> (Int, Bool)? {
        let turn: Schedule.Turn = schedule.wait { schedule in
            if interruption() != nil { schedule.stop() }
            let turn = schedule.next()
            if case .wait = turn { return nil }
            return turn
        }
        guard case .run(let step, let isForced) = turn else { return nil }
        return (step, isForced || options.isForced)
    }

    private func perform(
        _ step: Int,
        of plan: StagePlan,
        on schedule: Monitor<Schedule>,
        _ isForced: Bool,
        _ takesOutput: Bool
    ) {
        let stage = plan.steps[step].stage
        let request = StageRequest(
            isForced: isForced,
            isDry: options.isDry,
            takesOutput: takesOutput
        )
        let start = ContinuousClock.now
        options.observe?(.started(stage))
        do {
            let work = try executor.reproduce(stage, request)
            let seconds = finish(stage, work.outcome, since: start)
            let forcesDownstream = options.forcesDownstream && (work != .none || isForced)
            schedule.update {
                $0.succeed(
                    step,
                    work.outcome,
                    seconds: seconds,
                    forcesDownstream: forcesDownstream
                )
            }
        } catch {
            let isInterruption = error is Interrupted
            let seconds = finish(stage, .failed(error), since: start)
            let skipped = schedule.update {
                if isInterruption { $0.stop() }
                return $0.fail(step, error, seconds: seconds)
            }
            if !isInterruption { report(error, skipped.map { plan.steps[$0].stage }) }
        }
    }

    /// Tells the end of a stage; how many seconds it took.
    private func finish(
        _ stage: Stage,
        _ outcome: StageOutcome,
        since start: ContinuousClock.Instant
    ) -> Double {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let entry = ReproductionReport.Entry(stage: stage, outcome: outcome, seconds: seconds)
        options.observe?(.finished(entry))
        return seconds
    }

    private func report(_ error: any Error, _ skipped: [Stage]) {
        switch options.onFailure {
        case .stop: return
        case .ignore: reporter.report(.warning("\(options.describe(error)) (ignored)"))
        case .keepGoing:
            reporter.report(.warning(options.describe(error)))
            if !skipped.isEmpty { reporter.report(.warning(ReproduceText.skipping(skipped))) }
        }
    }
}

extension StageWork {
    fileprivate var outcome: StageOutcome {
        switch self {
        case .none: .unchanged
        case .restored: .restored
        case .run: .reproduced
        }
    }
}
