import HeapModule

/// Which steps of a plan may start, are done, or never will be: the state that the scheduler's threads share.
struct Schedule {
    private enum Progress {
        case waiting
        case running
        case finished(StageOutcome, seconds: Double? = nil)
    }

    private let plan: StagePlan
    private let policy: FailurePolicy
    private var progress: [Progress]
    /// How many needed steps are not finished.
    private var missing: [Int]
    private var ready = Heap<Candidate>()
    private let urgencies: [Double]
    private let claims: [StageClaims]
    private var machine: MachineUse
    private var forced: Set<Int> = []
    private var runningCount = 0
    private var isStopped = false
    /// Whether the last stage that did not fail was reproduced.
    private(set) var hasJustReproduced = false

    /// A step that may start: the most urgent goes first, among equals the earliest of the plan.
    private struct Candidate: Comparable {
        let step: Int
        let urgency: Double

        static func < (left: Candidate, right: Candidate) -> Bool {
            left.urgency == right.urgency ? left.step < right.step : left.urgency > right.urgency
        }
    }

    /// `urgencies` by step; without them the order is the plan's.
    ///
    /// Of no resource a step claims more than `limits` has.
    init(
        _ plan: StagePlan,
        _ policy: FailurePolicy,
        urgencies: [Double]? = nil,
        claims: [Stage: StageClaims] = [:],
        limits: [String: Double] = [:]
    ) {
        self.plan = plan
        self.urgencies = urgencies ?? Array(repeating: 0, count: plan.steps.count)
        self.policy = policy
        self.claims = plan.steps.map { claims[$0.stage] ?? .none }
        machine = MachineUse(limits: limits)
        progress = Array(repeating: .waiting, count: plan.steps.count)
        missing = plan.steps.map(\.upstream.count)
        for step in plan.steps.indices where missing[step] == 0 { getReady(step) }
    }

    enum Turn {
        case run(Int, isForced: Bool)
        case wait
        case end
    }

    /// Gives out the next step: the first of those that are ready for which the machine has room.
    mutating func next() -> Turn {
        if isStopped { return .end }
        guard let step = takeReady() else { return runningCount == 0 ? .end : .wait }
        progress[step] = .running
        machine.take(claims[step])
        runningCount += 1
        return .run(step, isForced: forced.contains(step))
    }

    private mutating func takeReady() -> Int? {
        var blocked: [Candidate] = []
        defer { ready.insert(contentsOf: blocked) }
        while let candidate = ready.popMin() {
            if machine.hasRoom(for: claims[candidate.step]) { return candidate.step }
            blocked.append(candidate)
        }
        return nil
    }

    /// Gives out nothing more.
    mutating func stop() { isStopped = true }

    mutating func succeed(
        _ step: Int,
        _ outcome: StageOutcome,
        seconds: Double,
        forcesDownstream: Bool
    ) {
        if case .unchanged = outcome { hasJustReproduced = false } else { hasJustReproduced = true }
        if forcesDownstream { forced.formUnion(plan.steps[step].downstream) }
        finish(step, outcome, seconds)
    }

    /// The steps that will be skipped because of this failure, in the plan's order.
    mutating func fail(_ step: Int, _ error: any Error, seconds: Double) -> [Int] {
        finish(step, .failed(error), seconds)
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
            let stage = plan.steps[step].stage
            guard case .finished(let outcome, let seconds) = progress[step] else {
                return ReproductionReport.Entry(stage: stage, outcome: .notStarted)
            }
            return ReproductionReport.Entry(stage: stage, outcome: outcome, seconds: seconds)
        }
    }

    private mutating func finish(_ step: Int, _ outcome: StageOutcome, _ seconds: Double) {
        progress[step] = .finished(outcome, seconds: seconds)
        machine.giveBack(claims[step])
        runningCount -= 1
        for dependent in plan.steps[step].downstream {
            missing[dependent] -= 1
            guard missing[dependent] == 0, case .waiting = progress[dependent] else { continue }
            if case .failed = outcome, policy != .ignore { continue }
            getReady(dependent)
        }
    }

    private mutating func getReady(_ step: Int) {
        ready.insert(Candidate(step: step, urgency: urgencies[step]))
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
