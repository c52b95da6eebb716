/// Which stages around the targets belong to a plan.
package enum PlanScope: Hashable, Sendable {
    /// The targets and everything they need: the default of `repro`.
    case upstream
    /// The targets alone, in their order: `--single-item`.
    case single
    /// Every stage connected with a target: `--pipeline`.
    case pipeline
    /// Every stage: `--all-pipelines`.
    case everything
    /// The targets and everything that needs them: `--downstream`.
    case downstream
}

/// Stages in the order in which they run one at a time, which is DVC's.
package struct StagePlan: Sendable {
    package struct Step: Sendable {
        package let stage: Stage
        /// Earlier steps that must be finished before this one starts.
        package let upstream: [Int]
        /// Later steps that directly need this one.
        package let downstream: [Int]
    }

    package let steps: [Step]

    /// For each step the seconds from its start to the end of the longest chain of stages that need it.
    func criticalTimes(_ seconds: (Stage) -> Double) -> [Double] {
        var times = Array(repeating: 0.0, count: steps.count)
        // What needs a step comes after it.
        for index in steps.indices.reversed() {
            let later = steps[index].downstream.map { times[$0] }.max() ?? 0
            times[index] = seconds(steps[index].stage) + later
        }
        return times
    }
}

extension StageGraph {
    /// What to run for `targets`.
    ///
    /// A frozen stage leads to nothing it needs. No targets give an empty plan, where DVC takes every stage.
    package func plan(_ targets: [Int], scope: PlanScope) -> StagePlan {
        if scope == .single { return StagePlan(steps: targets.map(lonely)) }
        let chosen = orderedNodes(targets, scope)
        let members = Set(chosen)
        var search = DepthFirstSearch(count: stages.count)
        for node in chosen {
            search.visit(from: node) { activeUpstream(of: $0).filter(members.contains) }
        }
        return StagePlan(steps: steps(search.postorder))
    }

    /// The targets and everything they need, frozen or not, needed ones first: for `--with-deps`.
    package func withUpstream(_ targets: [Int]) -> [Int] {
        var search = DepthFirstSearch(count: stages.count)
        for target in targets { search.visit(from: target, next: upstream) }
        return search.postorder
    }

    /// The members of a plan, in the order in which the search for its order starts from them.
    private func orderedNodes(_ targets: [Int], _ scope: PlanScope) -> [Int] {
        var search = DepthFirstSearch(count: stages.count)
        switch scope {
        case .single: return targets
        case .everything: return Array(stages.indices)
        case .upstream:
            for target in targets { search.visit(from: target, next: activeUpstream) }
        case .downstream:
            for target in targets { search.visit(from: target, next: activeDownstream) }
        case .pipeline:
            return targets.flatMap { target in
                search = DepthFirstSearch(count: stages.count)
                search.visit(from: target) { activeUpstream(of: $0) + activeDownstream(of: $0) }
                return search.postorder.sorted()
            }
        }
        return search.postorder.sorted()
    }

    private func steps(_ order: [Int]) -> [StagePlan.Step] {
        var positions: [Int: Int] = [:]
        for (position, stage) in order.enumerated() { positions[stage] = position }
        return order.map { stage in
            StagePlan.Step(
                stage: stages[stage],
                upstream: activeUpstream(of: stage).compactMap { positions[$0] },
                downstream: activeDownstream(of: stage).compactMap { positions[$0] }
            )
        }
    }

    private func lonely(_ stage: Int) -> StagePlan.Step {
        StagePlan.Step(stage: stages[stage], upstream: [], downstream: [])
    }
}
