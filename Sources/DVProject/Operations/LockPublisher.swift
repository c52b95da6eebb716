import DVSystem

/// Writes lock files while stages run, many stages at once: each write makes the objects it names durable first, which costs
/// milliseconds that no stage should wait for.
///
/// A process that is killed loses the record of the last moments only; those stages run again. Other processes wait for a
/// stage until its record is written.
final class LockPublisher: Sendable {
    private struct State {
        var isStopped = false
        var isDone = false
        var failure: (any Error)?
    }

    private let committer: StageCommitter
    private let locks: StageLocks
    private let state = Monitor(State())

    /// Between two writes.
    private static let shortestPause = Duration.milliseconds(20)
    private static let longestPause = Duration.seconds(1)
    /// How much longer than a write the pause after it is: lock files of thousands of stages take long to write.
    private static let pausePerWrite = 9

    init(_ committer: StageCommitter) {
        self.committer = committer
        locks = committer.project.stageLocks
        OSThread.start { [self] in run() }
    }

    /// Waits for the write under way.
    ///
    /// Throws what a write threw.
    func stop() throws {
        state.update { $0.isStopped = true }
        if let error = state.wait(for: { $0.isDone ? .some($0.failure) : nil }) { throw error }
    }

    private func run() {
        var pause = Self.shortestPause
        while state.wait(atMost: pause, for: { $0.isStopped ? true : nil }) == nil {
            do {
                // First, as the pause is only to follow the size of lock files.
                try committer.saveResults()
                let duration = try ContinuousClock().measure {
                    try locks.releaseEnded { try committer.publish() }
                }
                pause = min(
                    max(Self.shortestPause, duration * Self.pausePerWrite),
                    Self.longestPause
                )
            } catch {
                state.update { $0.failure = error }
                break
            }
        }
        state.update { $0.isDone = true }
    }
}
