import DVReporting
import DVSystem

/// The database of a state store: opened when needed, remade once if damaged, given up on any other trouble.
///
/// Sendable because the state store calls it under its lock only.
final class StateConnection: @unchecked Sendable {
    /// Nil for a store that remembers nothing.
    let directory: AbsolutePath?
    let reporter: any Reporter
    private var database: StateDatabase?
    private var isGivenUp = false
    private var hasRemade = false
    /// Single rows that wait for the next transaction.
    private var pending: [[UInt8]: StateRow] = [:]

    private static let pendingLimit = 4_096
    private static let fileName = "state.db"

    init(directory: AbsolutePath?, reporter: any Reporter) {
        self.directory = directory
        self.reporter = reporter
    }

    func row(_ key: [UInt8]) -> StateRow? {
        if let row = pending[key] { return row }
        var found: StateRow?
        use(isWriting: false) { database throws(StateFailure) in
            found = try database.row(key)
        }
        return found
    }

    func put(_ rows: [(key: [UInt8], row: StateRow)]) {
        guard directory != nil, !isGivenUp else { return }
        for (key, row) in rows { pending[key] = row }
        if pending.count >= Self.pendingLimit { flush() }
    }

    func flush() {
        guard !pending.isEmpty else { return }
        let rows = pending.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        pending = [:]
        use(isWriting: true) { database throws(StateFailure) in
            try database.write { () throws(StateFailure) in
                for (key, row) in rows { try database.store(row, key: key) }
            }
        }
    }

    func close() {
        flush()
        database = nil
    }

    /// Calls `body` with the database, if there is one; it may be called for nothing, and may fail half way.
    func use(
        isWriting: Bool,
        _ body: (StateDatabase) throws(StateFailure) -> Void
    ) {
        do throws(StateFailure) {
            try open(isWriting: isWriting)
            guard let database else { return }
            try body(database)
        } catch {
            recover(from: error)
        }
    }

    private func open(isWriting: Bool) throws(StateFailure) {
        guard database == nil, !isGivenUp, let directory else { return }
        let file = directory.appending(Self.fileName)
        if isWriting {
            try Self.attempt { () throws(SystemError) in try directory.makeDirectories() }
        }
        var status: FileStatus?
        try Self.attempt { () throws(SystemError) in status = try FileStatus.ifPresent(file) }
        if status == nil, !isWriting { return }
        if let status, !status.isRegular { throw .damaged("'\(file)' is not a file") }
        database = try StateDatabase(at: file)
    }

    private func recover(from failure: StateFailure) {
        switch failure {
        case .unavailable(let reason):
            isGivenUp = true
            database = nil
            reporter.report(.detail("state store not used: \(reason)"))
        case .damaged(let reason):
            database = nil
            reporter.report(.detail("state store damaged, starting a new one: \(reason)"))
            isGivenUp = hasRemade || !remove()
            hasRemade = true
        }
    }

    /// Another process that has the removed files open goes on with them, and its rows are lost.
    private func remove() -> Bool {
        guard let directory else { return false }
        do throws(StateFailure) {
            for suffix in ["", "-wal", "-shm"] {
                try Self.attempt { () throws(SystemError) in
                    try directory.appending(Self.fileName + suffix).removeTree()
                }
            }
            return true
        } catch {
            return false
        }
    }

    private static func attempt(
        _ body: () throws(SystemError) -> Void
    ) throws(StateFailure) {
        do throws(SystemError) { try body() } catch { throw .unavailable(error.description) }
    }
}
