import Collections

/// Which steps of a plan may start, are done, or never will be: the state that the scheduler's threads share.
struct Schedule {
    private enum Progress {
        case waiting
        case running
        case finished(StageOutcome)
    }

    private let plan: StagePlan
    private let policy: FailurePolicy
    private var progress: [Progress]
    /// How many needed steps are not finished.
    private var missing: [Int]
    /// The earliest step of the plan goes first, so that one job keeps the plan's order.
    private var ready = Heap<Int>()
    private var forced: Set<Int> = []
    private var runningCount = 0
    private var isStopped = false
    /// Whether the last stage that did not fail was reproduced.
    private(set) var hasJustReproduced = false

    init(_ plan: StagePlan, _ policy: FailurePolicy) {
        self.plan = plan
        self.policy = policy
        progress = Array(repeating: .waiting, count: plan.steps.count)
        missing = plan.steps.map(\.upstream.count)
        for step in plan.steps.indices where missing[step] == 0 { ready.insert(step) }
    }

    enum Turn {
        case run(Int, isForced: Bool)
        case wait
        case end
    }

    /// Gives out the next step.
    mutating func next() -> Turn {
        if isStopped { return .end }
        guard let step = ready.popMin() else { return runningCount == 0 ? .end : .wait }
        progress[step] = .running
        runningCount += 1
        return .run(step, isForced: forced.contains(step))
    }

    /// Gives out nothing more.
    mutating func stop() { isStopped = true }

    mutating func succeed(_ step: Int, isReproduced: Bool, forcesDownstream: Bool) {
        hasJustReproduced = isReproduced
        if forcesDownstream { forced.formUnion(plan.steps[step].downstream) }
        finish(step, isReproduced ? .reproduced : .unchanged)
    }

    /// The steps that will be skipped because of this failure, in the plan's order.
    mutating func fail(_ step: Int, _ error: any Error) -> [Int] {
        finish(step, .failed(error))
        switch policy {
        case .stop:
            stop()
            return []
        case .ignore: return []
        case .keepGoing: return skipDependents(of: step)
        }
    }

    func outcomes() -> [ReproductionReport.Entry] {
        plan.steps.indices.map { step in
            guard case .finished(let outcome) = progress[step] else {
                return ReproductionReport.Entry(stage: plan.steps[step].stage, outcome: .notStarted)
            }
            return ReproductionReport.Entry(stage: plan.steps[step].stage, outcome: outcome)
        }
    }

    private mutating func finish(_ step: Int, _ outcome: StageOutcome) {
        progress[step] = .finished(outcome)
        runningCount -= 1
        for dependent in plan.steps[step].downstream {
            missing[dependent] -= 1
            guard missing[dependent] == 0, case .waiting = progress[dependent] else { continue }
            if case .failed = outcome, policy != .ignore { continue }
            ready.insert(dependent)
        }
    }

    private mutating func skipDependents(of step: Int) -> [Int] {
        var skipped: [Int] = []
        var pending = plan.steps[step].downstream
        while let dependent = pending.popLast() {
            guard case .waiting = progress[dependent] else { continue }
            progress[dependent] = .finished(.skipped(because: plan.steps[step].stage))
            skipped.append(dependent)
            pending.append(contentsOf: plan.steps[dependent].downstream)
        }
        return skipped.sorted()
    }
}
