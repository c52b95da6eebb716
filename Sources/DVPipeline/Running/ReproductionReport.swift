import DVSystem

/// What became of one stage of a plan.
package enum StageOutcome: Sendable {
    case unchanged
    case reproduced
    /// A known result was put back instead of running.
    case restored
    case failed(any Error)
    /// It needs a stage that failed.
    case skipped(because: Stage)
    /// The run ended before its turn.
    case notStarted
}

/// What became of a plan: true also after an interruption.
package struct ReproductionReport: Sendable {
    package struct Entry: Sendable {
        package let stage: Stage
        package let outcome: StageOutcome
        /// Nil if it was not looked at.
        package var seconds: Double?
    }

    /// In the order of the plan.
    package let entries: [Entry]
    package let isInterrupted: Bool
    private let policy: FailurePolicy

    init(entries: [Entry], isInterrupted: Bool, policy: FailurePolicy) {
        self.entries = entries
        self.isInterrupted = isInterrupted
        self.policy = policy
    }

    package var reproduced: [Stage] {
        entries.compactMap { entry in
            switch entry.outcome {
            case .reproduced, .restored: entry.stage
            default: nil
            }
        }
    }

    package var failures: [StageFailure] {
        entries.compactMap { entry in
            guard case .failed(let error) = entry.outcome else { return nil }
            return StageFailure(stage: entry.stage, error: error)
        }
    }

    /// Throws what `repro` ends with: `Interrupted`, or a `ReproductionError` unless failures are ignored.
    package func check() throws {
        if isInterrupted { throw Interrupted() }
        let failures = failures
        if failures.isEmpty || policy == .ignore { return }
        throw ReproductionError(failures: failures, areReported: policy == .keepGoing)
    }
}

/// A stage and why it failed.
package struct StageFailure: Sendable {
    package let stage: Stage
    package let error: any Error
}

/// Stages failed.
package struct ReproductionError: Error, Sendable {
    /// In the order of the plan; never empty.
    package let failures: [StageFailure]
    /// Whether each failure was already reported as a warning.
    package let areReported: Bool

    /// "failed to reproduce 'train'", as DVC says it.
    package var message: String { ReproduceText.failed(failures.map(\.stage)) }
}
