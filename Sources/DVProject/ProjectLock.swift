import DVReporting
import DVSystem
import Synchronization

/// The lock of a project, `.dvc/tmp/lock`: one process works in it at a time, DVC's included.
///
/// Any number of threads of this process hold it together. While the command of a stage runs nobody does, so that the
/// command itself may call dvswift or DVC.
package final class ProjectLock: Sendable {
    private struct State: ~Copyable {
        var holders = 0
        var lock: FileLock?
    }

    private let path: AbsolutePath
    private let reporter: any Reporter
    private let state = Mutex(State())

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

    private func acquire() throws {
        try state.withLock { state in
            if state.holders == 0 {
                try path.parent.makeDirectories()
                state.lock = try FileLock(at: path, onWait: reportWaiting)
            }
            state.holders += 1
        }
    }

    private func release() {
        state.withLock { state in
            state.holders -= 1
            if state.holders == 0 { state.lock = nil }
        }
    }

    private func reportWaiting(for holder: Int32?) {
        let who = holder.map { "process \($0)" } ?? "another process"
        reporter.report(.notice("Waiting for \(who), which is working in this project…"))
    }
}
