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

    /// Between two writes, in milliseconds.
    private static let interval = 20

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
        while state.wait(atMost: Self.interval, for: { $0.isStopped ? true : nil }) == nil {
            do {
                try locks.releaseEnded { try committer.publish() }
            } catch {
                state.update { $0.failure = error }
                break
            }
        }
        state.update { $0.isDone = true }
    }
}
