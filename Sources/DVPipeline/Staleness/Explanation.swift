import DVFormats

/// Why a stage is not up to date.
package struct Explanation: Sendable {
    package let stage: Stage
    /// Empty if it runs because that was asked for, or only because of `pending`.
    package let reasons: [StaleReason]
    /// The stages that write its dependencies, by the dependency's path as DVC prints it.
    package let makers: [String: Stage]
    /// Dependencies that are as they were, but written by stages that are not up to date themselves.
    package let pending: [String]

    init(
        _ stage: Stage,
        _ reasons: [StaleReason],
        makers: [String: Stage],
        pending: [String] = []
    ) {
        self.stage = stage
        self.reasons = reasons
        self.makers = makers
        self.pending = pending
    }
}

extension StagePlan {
    /// Explains every step that is not up to date, in the order of the plan, without running anything.
    ///
    /// A stage that is as it was but needs one that is not may turn out to be up to date after all.
    package func explanations(
        reasons: (Stage) throws -> [StaleReason]
    ) rethrows -> [Explanation] {
        var explanations: [Explanation] = []
        var stale: Set<Int> = []
        for (index, step) in steps.enumerated() {
            let makers = makers(ofInputsOf: step)
            let found = try reasons(step.stage)
            let changed = Set(found.compactMap(\.dependencyPath))
            let pending = makers.filter { stale.contains($0.value) && !changed.contains($0.key) }
            guard !found.isEmpty || !pending.isEmpty else { continue }
            stale.insert(index)
            explanations.append(
                Explanation(
                    step.stage,
                    found,
                    makers: makers.mapValues { steps[$0].stage },
                    pending: pending.keys.sorted()
                )
            )
        }
        return explanations
    }

    private func makers(ofInputsOf step: Step) -> [String: Int] {
        var makers: [String: Int] = [:]
        for dependency in step.stage.dependencies where dependency.isPath {
            makers[dependency.display] = step.upstream.first { upstream in
                steps[upstream].stage.outputs.contains {
                    $0.path.hasPrefix(dependency.path) || dependency.path.hasPrefix($0.path)
                }
            }
        }
        return makers
    }
}

extension StaleReason {
    fileprivate var dependencyPath: String? {
        if case .dependency(let change) = self { change.path } else { nil }
    }
}
