import DVFormats
import DVPipeline
import DVReporting
import DVSystem
import Glibc

/// Keeps processes from running stages at once that write what the other reads or writes; stages that have nothing to do
/// with each other run side by side.
///
/// In `.dvc/tmp/rwlock`, which DVC reads and writes too, under the same lock as DVC's. Entries of processes that are gone
/// do not count.
struct StageLocks: Sendable {
    private let file: AbsolutePath
    private let guardFile: AbsolutePath
    private let reporter: any Reporter

    private static let interval: useconds_t = 50_000

    init(in folder: AbsolutePath, reporter: any Reporter) {
        file = folder.appending("rwlock")
        guardFile = folder.appending("rwlock.lock")
        self.reporter = reporter
    }

    /// Waits until nobody else works on what `stage` reads and writes, runs `body` and lets go.
    ///
    /// `body` is told whether it had to wait. Throws `ProjectError.stageBusy` if the other waits for this process itself.
    func hold<Result>(_ stage: Stage, _ body: (_ hasWaited: Bool) throws -> Result) throws -> Result
    {
        let holder = BusyPaths.Holder(process: getpid(), command: "repro \(stage.address)")
        let hasWaited = try acquire(stage, holder)
        let result = Swift.Result { try body(hasWaited) }
        try edit { $0.remove { $0 == holder } }
        return try result.get()
    }

    private func acquire(_ stage: Stage, _ holder: BusyPaths.Holder) throws -> Bool {
        let reading = stage.inputPaths.map(\.string)
        let writing = stage.outputs.map(\.path.string)
        var hasWaited = false
        while true {
            let blocker = try edit { busy -> (path: String, holder: BusyPaths.Holder)? in
                busy.remove { kill($0.process, 0) != 0 && errno == ESRCH }
                let blocker = busy.blocker(reading: reading, writing: writing)
                if blocker == nil { busy.acquire(reading: reading, writing: writing, for: holder) }
                return blocker
            }
            guard let blocker else { return hasWaited }
            if !hasWaited { try report(blocker.path, blocker.holder) }
            hasWaited = true
            try Interruption.check()
            usleep(Self.interval)
        }
    }

    private func report(_ path: String, _ holder: BusyPaths.Holder) throws {
        if ProcessTree.isAncestor(holder.process) {
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
    private func edit<Result>(_ body: (inout BusyPaths) throws -> Result) throws -> Result {
        try file.parent.makeDirectories()
        let lock = try FileLock(at: guardFile) { _ in }
        defer { withExtendedLifetime(lock) {} }
        var busy = BusyPaths()
        if let bytes = try file.readBytesIfPresent(), !bytes.isEmpty {
            busy = (try? BusyPaths(parsing: bytes, file: file.string)) ?? BusyPaths()
        }
        let before = busy
        let result = try body(&busy)
        if busy != before {
            try file.replaceContents(with: Array(Self.json(busy).serialized().utf8))
        }
        return result
    }

    private static func json(_ busy: BusyPaths) -> JSONValue {
        func json(_ holder: BusyPaths.Holder) -> JSONValue {
            .object([
                ("pid", .integer(Int(holder.process))), ("cmd", .string(holder.command)),
            ])
        }
        return .object([
            ("write", .object(busy.writers.map { ($0.key, json($0.value)) })),
            ("read", .object(busy.readers.map { ($0.key, .array($0.value.map(json))) })),
        ])
    }
}
