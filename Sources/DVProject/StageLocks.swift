import DVFormats
import DVPipeline
import DVReporting
import DVSystem
import Glibc
import Synchronization

/// Keeps processes from running stages at once that write what the other reads or writes; stages that have nothing to do
/// with each other run side by side.
///
/// In `.dvc/tmp/rwlock`, which DVC reads and writes too, under the same lock as DVC's. Entries of processes that are gone
/// do not count. The paths of a stage that ran stay busy until `releaseEnded`: who waited for them finds its record.
final class StageLocks: Sendable {
    private typealias Holder = BusyPaths.Holder

    private struct Memory {
        /// The file when it was last seen or written.
        var bytes: [UInt8] = []
        var busy = BusyPaths()
        /// Own stages that ran and are not recorded yet; they do not block this process.
        var ended: Set<Holder> = []
    }

    private let file: AbsolutePath
    private let guardFile: AbsolutePath
    private let reporter: any Reporter
    /// Held while the file is changed, as threads of one process would wait long for its lock.
    private let memory = Mutex(Memory())

    private static let interval: useconds_t = 50_000

    init(in folder: AbsolutePath, reporter: any Reporter) {
        file = folder.appending("rwlock")
        guardFile = folder.appending("rwlock.lock")
        self.reporter = reporter
    }

    /// Waits until nobody else works on what `stage` reads and writes, and runs `body`.
    ///
    /// `body` is told whether it had to wait. If it succeeds, others wait until `releaseEnded`.
    ///
    /// Throws `ProjectError.stageBusy` if the other waits for this process itself.
    func hold<Result>(_ stage: Stage, _ body: (_ hasWaited: Bool) throws -> Result) throws -> Result
    {
        let holder = Holder(process: getpid(), command: "repro \(stage.address)")
        let hasWaited = try acquire(stage, holder)
        do {
            let result = try body(hasWaited)
            memory.withLock { _ = $0.ended.insert(holder) }
            return result
        } catch {
            try release([holder])
            throw error
        }
    }

    /// Lets go of the stages that ended before, once `publish` has made their records visible, or failed to.
    func releaseEnded<Result>(after publish: () throws -> Result) throws -> Result {
        let ended = memory.withLock(\.ended)
        let result = Swift.Result { try publish() }
        if !ended.isEmpty { try release(ended) }
        return try result.get()
    }

    private func release(_ holders: Set<Holder>) throws {
        try edit { busy, _ in busy.remove { holders.contains($0.recording(false)) } }
        memory.withLock { $0.ended.subtract(holders) }
    }

    private func acquire(_ stage: Stage, _ holder: Holder) throws -> Bool {
        let reading = stage.inputPaths.map(\.string)
        let writing = stage.outputs.map(\.path.string)
        var waitedFor: Holder?
        while true {
            let blocker = try edit { busy, ended -> (path: String, holder: Holder)? in
                busy.remove { Self.isGone($0.process) }
                busy.setRecording(ended)
                let blocker = busy.blocker(reading: reading, writing: writing) {
                    ended.contains($0.recording(false))
                }
                if blocker == nil { busy.acquire(reading: reading, writing: writing, for: holder) }
                return blocker
            }
            guard let blocker else { return waitedFor != nil }
            if blocker.holder.recording(false) != waitedFor {
                try report(blocker.path, blocker.holder)
            }
            waitedFor = blocker.holder.recording(false)
            try Interruption.check()
            usleep(Self.interval)
        }
    }

    private static func isGone(_ process: Int32) -> Bool {
        process != getpid() && kill(process, 0) != 0 && errno == ESRCH
    }

    /// A process above this one that only records what it ran lets go soon, without waiting for this one.
    private func report(_ path: String, _ holder: Holder) throws {
        if !holder.isRecording, ProcessTree.isAncestor(holder.process) {
            throw ProjectError.stageBusy(
                path: path,
                process: holder.process,
                command: holder.command
            )
        }
        reporter.report(
            .notice(
                "Waiting for process \(holder.process) (\(holder.command)), which uses '\(path)'…"
            )
        )
    }

    /// A file that cannot be read is an old or broken one: nobody is known to work then.
    private func edit<Result>(
        _ body: (_ busy: inout BusyPaths, _ ended: Set<Holder>) -> Result
    ) throws -> Result {
        try memory.withLock { memory in
            let lock = try FileLock(at: guardFile) { _ in }
            defer { withExtendedLifetime(lock) {} }
            // Processes do not outlive the machine.
            let open = try PaddedFile(at: file)
            if open.bytes != memory.bytes {
                memory.busy =
                    (try? BusyPaths(parsing: open.bytes, file: file.string)) ?? BusyPaths()
                memory.bytes = open.bytes
            }
            var busy = memory.busy
            let result = body(&busy, memory.ended)
            if busy != memory.busy {
                memory.bytes = try open.replace(with: Array(Self.json(busy).serialized().utf8))
                memory.busy = busy
            }
            return result
        }
    }

    private static func json(_ busy: BusyPaths) -> JSONValue {
        func json(_ holder: Holder) -> JSONValue {
            .object([
                ("pid", .integer(Int(holder.process))), ("cmd", .string(holder.written)),
            ])
        }
        return .object([
            ("write", .object(busy.writers.map { ($0.key, json($0.value)) })),
            ("read", .object(busy.readers.map { ($0.key, .array($0.value.map(json))) })),
        ])
    }
}
