import DVSystem
import Glibc
import Synchronization

/// Writes lock files while stages run, many stages at once: each write makes the objects it names durable first, which costs
/// milliseconds that no stage should wait for.
///
/// A process that is killed loses the record of the last moments only; those stages run again. Other processes wait for a
/// stage until its record is written.
final class LockPublisher: Sendable {
    private let committer: StageCommitter
    private let locks: StageLocks
    private let isStopped = Atomic<Bool>(false)
    private let failure = Mutex<(any Error)?>(nil)
    private let done = Mutex(false)

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
        isStopped.store(true, ordering: .releasing)
        while !done.withLock(\.self) { usleep(1000) }
        if let error = failure.withLock(\.self) { throw error }
    }

    private func run() {
        while !isStopped.load(ordering: .acquiring) {
            rest()
            do {
                try locks.releaseEnded { try committer.publish() }
            } catch {
                failure.withLock { $0 = error }
                break
            }
        }
        done.withLock { $0 = true }
    }

    /// In short steps, so that the end of a run is not kept waiting.
    private func rest() {
        var left = Self.interval
        while left > 0, !isStopped.load(ordering: .acquiring) {
            usleep(1000)
            left -= 1
        }
    }
}
