import DVReporting
import DVSystem
import Glibc
import Synchronization

/// The lock of a project, `.dvc/tmp/lock`: one process works in it at a time, DVC's included.
///
/// Any number of threads of this process hold it together. While the command of a stage runs nobody does, so that the
/// command itself may call dvswift or DVC.
package final class ProjectLock: Sendable {
    private struct State: ~Copyable {
        var holders = 0
        /// The lock stays without holders while no thread has given it up.
        var isKept = false
        /// How many threads have given it up.
        var givenUp = 0
        var lock: FileLock?
    }

    private let path: AbsolutePath
    private let reporter: any Reporter
    private let state = Mutex(State())

    /// Who waits no longer than this is told nothing; microseconds.
    private static let moment: useconds_t = 100_000

    init(at path: AbsolutePath, reporter: any Reporter) {
        self.path = path
        self.reporter = reporter
    }

    /// Waits for the lock, says once for whom, runs `body`, and lets go if no other thread holds it.
    package func hold<Result>(_ body: () throws -> Result) throws -> Result {
        try acquire()
        defer { release() }
        return try body()
    }

    /// In `body` the lock stays after it was held, for those who will hold it again in a moment, except within `giveUp`.
    ///
    /// Not on several threads at once.
    func keep<Result>(isKeeping: Bool, _ body: () throws -> Result) rethrows -> Result {
        state.withLock { $0.isKept = isKeeping }
        defer {
            state.withLock { state in
                state.isKept = false
                free(&state)
            }
        }
        return try body()
    }

    /// In `body` the lock is free unless a thread holds it: for waiting, and for commands that may use the project.
    func giveUp<Result>(_ body: () throws -> Result) rethrows -> Result {
        state.withLock { state in
            state.givenUp += 1
            free(&state)
        }
        defer { state.withLock { $0.givenUp -= 1 } }
        return try body()
    }

    private func acquire() throws {
        try state.withLock { state in
            if state.lock == nil {
                state.lock = try FileLock(at: path, moment: Self.moment, onWait: reportWaiting)
            }
            state.holders += 1
        }
    }

    private func release() {
        state.withLock { state in
            state.holders -= 1
            free(&state)
        }
    }

    private func free(_ state: inout State) {
        if state.holders == 0, !state.isKept || state.givenUp > 0 { state.lock = nil }
    }

    private func reportWaiting(for holder: Int32?) {
        let who = holder.map { "process \($0)" } ?? "another process"
        reporter.report(.notice("Waiting for \(who), which is working in this project…"))
    }
}
