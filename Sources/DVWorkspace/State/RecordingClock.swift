import DVSystem
import Glibc

/// Decides which files are old enough for their status to identify their content.
///
/// The kernel stamps files with a clock that moves in ticks of up to 10 ms, some file systems in whole seconds: a file
/// changed twice within a tick shows the same times. A status is recorded only if both its times are older than a moment
/// before the content was read, by more than a tick: any change after the reading then shows.
package struct RecordingClock: Sendable {
    /// Nanoseconds since 1970, not later than the first reading.
    let moment: Int64

    /// Twice the longest tick in use.
    static let slack: Int64 = 20_000_000
    /// FAT counts in steps of two seconds.
    static let coarseSlack: Int64 = 2_000_000_000 + slack

    init(moment: Int64) {
        self.moment = moment
    }

    /// The present moment: by the system's clock, or by that of the file system of `directory`, if it is behind.
    package static func now(fileSystemOf directory: AbsolutePath) -> RecordingClock {
        var time = timespec()
        guard clock_gettime(CLOCK_REALTIME, &time) == 0 else { return RecordingClock(moment: 0) }
        do throws(SystemError) {
            let probe = try TemporaryFile(in: directory, isReplacing: false)
            let stamp = try probe.file.status().modified
            return RecordingClock(moment: min(time.nanoseconds, stamp))
        } catch {
            // No folder to ask in yet, or a read-only one: then nothing can be recorded either.
            return RecordingClock(moment: time.nanoseconds)
        }
    }

    /// `canRecord` for a file whose other time moved because it was linked, not because it was written.
    func canRecordContent(_ status: FileStatus) -> Bool {
        let isCoarse = status.modified % 1_000_000_000 == 0
        return status.modified < moment - (isCoarse ? Self.coarseSlack : Self.slack)
    }

    /// Whether a file with this status, read after the clock's moment, can be recorded.
    func canRecord(_ status: FileStatus) -> Bool {
        let isCoarse =
            status.modified % 1_000_000_000 == 0 && status.changed % 1_000_000_000 == 0
        let limit = moment - (isCoarse ? Self.coarseSlack : Self.slack)
        return status.modified < limit && status.changed < limit
    }
}
