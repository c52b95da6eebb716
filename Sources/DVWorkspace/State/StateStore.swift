import DVHashing
import DVReporting
import DVSystem
import Synchronization

/// Remembers which content files had, so that unchanged ones are never read again; also across processes.
///
/// A file is identified by path, inode, size, and both its times in nanoseconds. The store is a cache: lost, damaged, locked or
/// unwritable, it costs time, never correctness, and never an error. A damaged one is deleted and remade. It is opened
/// when first used; several processes may use it at once.
package final class StateStore: Sendable {
    let keys: StateKeys
    private let directory: AbsolutePath?
    private let connection: StateConnection
    private let lock = Mutex(())

    /// A store in `directory` (`.dvc/tmp/dvswift`), which is made when something is recorded; nil remembers nothing.
    package init(
        directory: AbsolutePath?,
        projectRoot: AbsolutePath,
        reporter: any Reporter = SilentReporter()
    ) {
        self.directory = directory
        keys = StateKeys(projectRoot: projectRoot)
        connection = StateConnection(directory: directory, reporter: reporter)
    }

    deinit { close() }

    /// Writes what waits and closes the file; using the store again opens it again.
    package func close() {
        lock.withLock { _ in connection.close() }
    }

    /// A clock for recording; take it before reading the files to be recorded.
    package func clock() -> RecordingClock {
        .now(fileSystemOf: directory ?? .root)
    }

    /// The digest of a file, if it is known with exactly this status.
    package func digest(
        of path: AbsolutePath,
        status: FileStatus,
        scheme: HashScheme = .md5
    ) -> Digest? {
        row(keys.key(.files(scheme), path), about: StateStamp(status))?.digest
    }

    /// Remembers the digest of a file that was read after `clock` was taken; a file too young for that is not recorded.
    package func record(
        _ digest: Digest,
        for path: AbsolutePath,
        status: FileStatus,
        scheme: HashScheme = .md5,
        clock: RecordingClock
    ) {
        guard clock.canRecord(status) else { return }
        put(StateRow(digest, status), keys.key(.files(scheme), path))
    }

    /// Whether this object of the cache was found good when its file had this status.
    package func isVerified(_ object: ObjectName, status: FileStatus) -> Bool {
        row(keys.key(.verifiedObject, object), about: StateStamp(status)) != nil
    }

    /// Remembers that the file of an object of the cache, which was read after `clock` was taken, is good.
    package func remember(
        verified object: ObjectName,
        status: FileStatus,
        clock: RecordingClock
    ) {
        guard clock.canRecord(status) else { return }
        put(StateRow(object.digest, status), keys.key(.verifiedObject, object))
    }

    /// Nil unless the row is about exactly this stamp.
    func row(_ key: [UInt8], about stamp: StateStamp) -> StateRow? {
        guard let row = lock.withLock({ _ in connection.row(key) }), row.stamp == stamp else {
            return nil
        }
        return row
    }

    func put(_ row: StateRow, _ key: [UInt8]) {
        put([(key, row)])
    }

    /// Rows that wait are written many at a time, by the thread that brings the last of them.
    func put(_ rows: [(key: [UInt8], row: StateRow)]) {
        guard !rows.isEmpty else { return }
        lock.withLock { _ in connection.put(rows) }
    }

    /// Reads or writes many rows, if there is a database; rows that wait are written first.
    func withDatabase(
        isWriting: Bool,
        _ body: (StateDatabase) throws(StateFailure) -> Void
    ) {
        lock.withLock { _ in
            connection.flush()
            connection.use(isWriting: isWriting, body)
        }
    }
}
