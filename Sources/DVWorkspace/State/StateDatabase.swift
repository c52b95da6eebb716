import CSQLite
import DVSystem

/// Why the state store does not answer.
enum StateFailure: Error, Equatable {
    /// The file cannot be trusted; delete and remake it.
    case damaged(String)
    /// Locked, read-only, full, not there: do without.
    case unavailable(String)
}

/// One SQLite connection to the table of rows, for one thread at a time.
final class StateDatabase {
    private let connection: OpaquePointer
    private var statements: [StatementKind: OpaquePointer] = [:]

    private enum StatementKind: String {
        case find = "SELECT row FROM state WHERE key = ?1"
        case scan =
            "SELECT key, row FROM state WHERE key >= ?1 AND key < ?2 ORDER BY key"
        case store =
            "INSERT INTO state VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET row = ?2"
        case remove = "DELETE FROM state WHERE key = ?1"
    }

    /// Opens or creates the file.
    ///
    /// Nothing is ever flushed to disk: losing rows costs time only, and damage is found.
    init(at path: AbsolutePath) throws(StateFailure) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = path.withCString { sqlite3_open_v2($0, &opened, flags, nil) }
        guard code == SQLITE_OK, let opened else {
            let failure = Self.failure(code, opened)
            sqlite3_close(opened)
            throw failure
        }
        connection = opened
        sqlite3_busy_timeout(connection, 1_000)
        // Memory-mapped reading would turn a truncated file into a fatal signal.
        try execute("PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON")
        try execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
        try execute("PRAGMA cache_size = -8000; PRAGMA journal_size_limit = 4194304")
        try execute(
            "CREATE TABLE IF NOT EXISTS state (key BLOB PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID"
        )
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close(connection)
    }

    /// Runs `body` in one write transaction; undone if it throws.
    func write(_ body: () throws(StateFailure) -> Void) throws(StateFailure) {
        try execute("BEGIN IMMEDIATE")
        do throws(StateFailure) {
            try body()
            try execute("COMMIT")
        } catch {
            // After some failures SQLite has rolled back by itself, and this fails harmlessly.
            sqlite3_exec(connection, "ROLLBACK", nil, nil, nil)
            throw error
        }
    }

    /// Nil if there is no row; throws `.damaged` for one that does not match its checksum.
    func row(_ key: [UInt8]) throws(StateFailure) -> StateRow? {
        let statement = try prepare(.find)
        defer { sqlite3_reset(statement) }
        try bind(key, 1, statement)
        guard try step(statement) else { return nil }
        let row = key.withUnsafeBytes { StateRow(decoding: Self.blob(statement, 0), key: $0) }
        guard let row else { throw .damaged("a row does not match its checksum") }
        return row
    }

    /// Calls `body` with every row whose key starts with `prefix`, in order of keys.
    func scan(
        prefix: [UInt8],
        _ body: (_ key: UnsafeRawBufferPointer, _ row: StateRow, _ checksum: UInt64) -> Void
    ) throws(StateFailure) {
        let statement = try prepare(.scan)
        defer { sqlite3_reset(statement) }
        try bind(prefix, 1, statement)
        try bind(Self.end(of: prefix), 2, statement)
        while try step(statement) {
            let (key, bytes) = (Self.blob(statement, 0), Self.blob(statement, 1))
            guard let row = StateRow(decoding: bytes, key: key) else {
                throw .damaged("a row does not match its checksum")
            }
            body(key, row, StateRow.storedChecksum(bytes))
        }
    }

    /// Only within `write`.
    func store(_ row: StateRow, key: [UInt8]) throws(StateFailure) {
        let statement = try prepare(.store)
        defer { sqlite3_reset(statement) }
        try bind(key, 1, statement)
        try bind(row.encoded(key: key), 2, statement)
        _ = try step(statement)
    }

    /// Only within `write`.
    func remove(key: [UInt8]) throws(StateFailure) {
        let statement = try prepare(.remove)
        defer { sqlite3_reset(statement) }
        try bind(key, 1, statement)
        _ = try step(statement)
    }

    /// The least key above all that start with `prefix`; their first byte is never 0xFF.
    private static func end(of prefix: [UInt8]) -> [UInt8] {
        var end = prefix
        while let last = end.popLast() {
            if last < 0xFF { return end + [last + 1] }
        }
        return [0xFF]
    }
}

extension StateDatabase {
    private func execute(_ sql: String) throws(StateFailure) {
        let code = sqlite3_exec(connection, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw Self.failure(code, connection) }
    }

    private func prepare(_ kind: StatementKind) throws(StateFailure) -> OpaquePointer {
        if let statement = statements[kind] { return statement }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection,
            kind.rawValue,
            -1,
            UInt32(SQLITE_PREPARE_PERSISTENT),
            &statement,
            nil
        )
        guard code == SQLITE_OK, let statement else { throw Self.failure(code, connection) }
        statements[kind] = statement
        return statement
    }

    private func bind(
        _ bytes: [UInt8],
        _ place: Int32,
        _ statement: OpaquePointer
    ) throws(StateFailure) {
        let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code = bytes.withUnsafeBytes {
            sqlite3_bind_blob(statement, place, $0.baseAddress, Int32($0.count), copying)
        }
        guard code == SQLITE_OK else { throw Self.failure(code, connection) }
    }

    /// True with a row, false at the end.
    private func step(_ statement: OpaquePointer) throws(StateFailure) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw Self.failure(code, connection)
        }
    }

    private static func blob(_ statement: OpaquePointer, _ column: Int32) -> UnsafeRawBufferPointer
    {
        // The bytes first: asking for the count may convert a damaged value.
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(
            start: start,
            count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column))
        )
    }

    private static func failure(_ code: Int32, _ connection: OpaquePointer?) -> StateFailure {
        let text = connection.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
        return switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_FULL,
            SQLITE_IOERR, SQLITE_NOMEM, SQLITE_AUTH, SQLITE_INTERRUPT, SQLITE_PROTOCOL:
            .unavailable(text)
        default: .damaged(text)
        }
    }
}
