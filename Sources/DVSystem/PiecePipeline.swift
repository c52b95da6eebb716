import Glibc
import Synchronization

/// Carries the numbered pieces of one file through several steps on several threads.
///
/// Every thread takes a piece all the way: steps that need order (reading, hashing, writing) are entered in turn, the
/// others (compressing) run side by side. Memory is bounded by one set of buffers per thread.
package final class PiecePipeline: @unchecked Sendable {
    // Sendable because every mutable field is touched under `mutex` only.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let hasMoved = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var turns: [Int]
    private var failure: (any Error)?
    private let next = Atomic<Int>(0)

    /// Thrown in the threads that must stop because another one failed.
    private struct Stopped: Error {}

    private init(orderedSteps: Int) {
        turns = Array(repeating: 0, count: orderedSteps)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(hasMoved, nil)
    }

    deinit {
        pthread_cond_destroy(hasMoved)
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
        hasMoved.deallocate()
    }

    /// Runs `body` on up to `threads` threads, the calling one among them, until all return; rethrows the first error.
    ///
    /// The helpers of all pipelines together never exceed the number of processors, so a pipeline in a busy worker pool
    /// may get none.
    package static func run(
        threads: Int,
        orderedSteps: Int,
        _ body: @Sendable (PiecePipeline) throws -> Void
    ) throws {
        let pipeline = PiecePipeline(orderedSteps: orderedSteps)
        let helpers = HelperBudget.take(atMost: threads - 1)
        defer { HelperBudget.giveBack(helpers) }
        try OSThread.run(1 + helpers) {
            do { try body(pipeline) } catch { pipeline.stop(error) }
        }
        if let failure = pipeline.failure { throw failure }
    }

    /// The number of a piece that no other thread has.
    package func nextPiece() throws -> Int {
        try Interruption.check()
        return next.add(1, ordering: .relaxed).oldValue
    }

    /// Waits until all earlier pieces have left `step`, runs `body`, and lets the next piece in.
    package func inTurn<Result>(_ piece: Int, step: Int, _ body: () throws -> Result) throws
        -> Result
    {
        try wait(for: piece, step)
        let result = try body()
        pthread_mutex_lock(mutex)
        turns[step] += 1
        pthread_cond_broadcast(hasMoved)
        pthread_mutex_unlock(mutex)
        return result
    }

    private func wait(for piece: Int, _ step: Int) throws {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while turns[step] != piece, failure == nil { pthread_cond_wait(hasMoved, mutex) }
        if failure != nil { throw Stopped() }
    }

    private func stop(_ error: any Error) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if failure == nil { failure = error }
        pthread_cond_broadcast(hasMoved)
    }
}

/// How many helper threads pipelines may still start.
private enum HelperBudget {
    private static let left = Atomic<Int>(WorkerPool.processorCount)

    static func take(atMost wanted: Int) -> Int {
        while true {
            let current = left.load(ordering: .relaxed)
            let taken = min(max(wanted, 0), max(current, 0))
            let (isDone, _) = left.weakCompareExchange(
                expected: current,
                desired: current - taken,
                ordering: .relaxed
            )
            if isDone { return taken }
        }
    }

    static func giveBack(_ count: Int) {
        left.add(count, ordering: .relaxed)
    }
}
