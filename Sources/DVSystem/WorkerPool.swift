import Glibc
import Synchronization

/// Runs blocking work on a fixed number of operating-system threads, never on Swift's cooperative pool.
///
/// Work is an index range cut into batches that threads take in order; results come back in input order, so output is
/// the same at any number of jobs. The first error (by input order) stops further batches and is rethrown.
package struct WorkerPool: Sendable {
    package let jobs: Int

    /// `jobs` below 1 means one thread.
    package init(jobs: Int) {
        self.jobs = max(1, jobs)
    }

    /// As many threads as the process may use processors.
    package static let processorCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    /// Calls `body` for consecutive ranges of at most `batchSize` indices below `count`; results in range order.
    ///
    /// Each thread makes one `worker` (buffers, handles) and passes it to every call. Checks for interruption between
    /// batches and then throws `Interrupted`.
    package func map<Worker, Result: Sendable>(
        count: Int,
        batchSize: Int,
        worker: @Sendable () throws -> Worker,
        body: @Sendable (inout Worker, Range<Int>) throws -> Result
    ) throws -> [Result] {
        let batches = (count + batchSize - 1) / batchSize
        let run = BatchRun<Result>(batches: batches)
        let work = { @Sendable in
            run.perform(worker: worker) { worker, batch in
                let start = batch * batchSize
                return try body(&worker, start..<min(start + batchSize, count))
            }
        }
        try withoutActuallyEscaping(work) { work in
            try OSThread.run(min(jobs, batches), work)
        }
        return try run.results()
    }

    /// `map` for work without a per-thread value or result.
    package func forEach(
        count: Int,
        batchSize: Int,
        body: @Sendable (Range<Int>) throws -> Void
    ) throws {
        _ = try map(count: count, batchSize: batchSize, worker: {}) { _, range in try body(range) }
    }
}

/// The shared state of one `WorkerPool.map`.
private final class BatchRun<Result: Sendable>: Sendable {
    private struct Progress {
        var results: [Result?]
        var failure: (batch: Int, error: any Error)?
    }

    private let batches: Int
    private let next = Atomic<Int>(0)
    private let state: Mutex<Progress>

    init(batches: Int) {
        self.batches = batches
        state = Mutex(Progress(results: Array(repeating: nil, count: batches), failure: nil))
    }

    func perform<Worker>(
        worker: () throws -> Worker,
        body: (inout Worker, Int) throws -> Result
    ) {
        var batch = 0
        do {
            var worker = try worker()
            while true {
                batch = next.add(1, ordering: .relaxed).oldValue
                guard batch < batches else { return }
                try Interruption.check()
                let result = try body(&worker, batch)
                state.withLock { $0.results[batch] = result }
            }
        } catch {
            next.store(batches, ordering: .relaxed)
            state.withLock {
                if let earlier = $0.failure, earlier.batch <= batch { return }
                $0.failure = (batch, error)
            }
        }
    }

    func results() throws -> [Result] {
        try state.withLock {
            if let failure = $0.failure { throw failure.error }
            return $0.results.compactMap(\.self)
        }
    }
}

/// Raw threads: fork and join only.
package enum OSThread {
    /// Runs `work` on `count` threads, the calling one among them, and waits for all.
    package static func run(_ count: Int, _ work: @Sendable () -> Void) throws(SystemError) {
        guard count > 0 else { return }
        var threads: [pthread_t] = []
        withoutActuallyEscaping(work) { work in
            for _ in 1..<max(1, count) {
                if let thread = start(joinable: work) { threads.append(thread) }
            }
            work()
            for thread in threads { pthread_join(thread, nil) }
        }
    }

    /// Runs `work` on a thread of its own that nobody waits for.
    package static func start(_ work: @escaping @Sendable () -> Void) {
        if let thread = start(joinable: work) { pthread_detach(thread) }
    }

    /// Nil if the system refuses another thread: the others then do its share.
    private static func start(joinable work: @escaping @Sendable () -> Void) -> pthread_t? {
        let context = Unmanaged.passRetained(ThreadBody(work))
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().work()
                return nil
            },
            context.toOpaque()
        )
        if result != 0 {
            context.release()
            return nil
        }
        return thread
    }
}

private final class ThreadBody: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}
