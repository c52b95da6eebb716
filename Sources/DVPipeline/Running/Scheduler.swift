import DVReporting
import DVSystem

/// Runs a plan with several stages at once, on operating-system threads.
///
/// A stage starts when everything it needs is finished; with one job the order is the plan's.
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
        let schedule = Monitor(Schedule(plan, options.onFailure))
        let jobs = min(options.effectiveJobs, plan.steps.count)
        let isParallel = jobs > 1
        try OSThread.run(jobs) {
            while let (step, isForced) = turn(schedule) {
                if !isParallel, step > 0, schedule.update({ $0.hasJustReproduced }) {
                    reporter.report(.answer(""))
                }
                perform(step, of: plan, on: schedule, isForced, isParallel)
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
        _ isParallel: Bool
    ) {
        let request = StageRequest(
            isForced: isForced,
            isDry: options.isDry,
            isParallel: isParallel
        )
        do {
            let isReproduced = try executor.reproduce(plan.steps[step].stage, request)
            let forcesDownstream = options.forcesDownstream && (isReproduced || isForced)
            schedule.update {
                $0.succeed(
                    step,
                    isReproduced: isReproduced,
                    forcesDownstream: forcesDownstream
                )
            }
        } catch {
            let isInterruption = error is Interrupted
            let skipped = schedule.update {
                if isInterruption { $0.stop() }
                return $0.fail(step, error)
            }
            if !isInterruption { report(error, skipped.map { plan.steps[$0].stage }) }
        }
    }

    private func report(_ error: any Error, _ skipped: [Stage]) {
        switch options.onFailure {
        case .stop: return
        case .ignore: reporter.report(.warning("\(error) (ignored)"))
        case .keepGoing:
            reporter.report(.warning("\(error)"))
            if !skipped.isEmpty { reporter.report(.warning(ReproduceText.skipping(skipped))) }
        }
    }
}
