import DVFormats
import DVSystem

/// Why a stage is not up to date.
package struct Explanation: Sendable {
    package let stage: Stage
    /// Empty if it runs because that was asked for, or only because of `pending`.
    package let reasons: [StaleReason]
    /// A stage for each input that stages write, by the input's path as DVC prints it.
    package let makers: [String: Stage]
    /// Inputs that are as they were, but written by stages that are not up to date themselves.
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
            let makers = makers(ofInputsOf: step, preferring: stale)
            let found = try reasons(step.stage)
            let changed = Set(found.compactMap(\.inputPath))
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

    /// Of several stages that write into a directory, one that is not up to date if there is one.
    private func makers(ofInputsOf step: Step, preferring stale: Set<Int>) -> [String: Int] {
        var makers: [String: Int] = [:]
        for input in step.stage.namedInputs {
            let writers = step.upstream.lazy.filter { upstream in
                steps[upstream].stage.outputs.contains { $0.path.overlaps(input.path) }
            }
            makers[input.display] = writers.first(where: stale.contains) ?? writers.first
        }
        return makers
    }
}

extension Stage {
    /// Dependencies and parameter files, with their paths as DVC prints them.
    fileprivate var namedInputs: [(display: String, path: AbsolutePath)] {
        dependencies.filter(\.isPath).map { ($0.display, $0.path) }
            + parameters.map { ($0.display, $0.file) }
    }
}

extension StaleReason {
    fileprivate var inputPath: String? {
        switch self {
        case .dependency(let change): change.path
        case .parameter(let change): change.file
        case .parameterFile(let file, _): file
        default: nil
        }
    }
}
