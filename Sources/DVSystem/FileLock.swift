import Glibc
import SystemPackage

/// An exclusive `flock` on a file, held until the value goes away.
///
/// The kernel releases it if the process dies.
///
/// DVC takes the same kind of lock on the same file (`.dvc/tmp/lock`), so the two tools exclude each other.
package struct FileLock: ~Copyable {
    private let file: OpenFile

    /// Waits for the lock.
    ///
    /// `onWait` is called once if another process holds it for longer than `moment` (microseconds), with that process's id where
    /// known.
    ///
    /// Throws `Interrupted` if the user gives up waiting.
    package init(
        at path: AbsolutePath,
        moment: useconds_t = 0,
        onWait: (_ holder: Int32?) -> Void
    ) throws {
        let file = try Self.open(path)
        var hasReported = false
        var pause = Self.shortestPause
        var waited: useconds_t = 0
        while flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw SystemError.last("lock", path.string)
            }
            if !hasReported, waited >= moment {
                onWait(try Self.holder(of: file.status()))
                hasReported = true
            }
            try Interruption.check()
            usleep(pause)
            waited += pause
            pause = min(pause * 2, Self.longestPause)
        }
        self.file = file
    }

    /// Microseconds between two attempts: most locks are held for a moment, others for long.
    private static let shortestPause: useconds_t = 500
    private static let longestPause: useconds_t = 50_000

    /// Of a project of another user, who shares a cache with this one, reading is enough to lock.
    ///
    /// A folder that is missing is made.
    private static func open(_ path: AbsolutePath) throws(SystemError) -> OpenFile {
        do throws(SystemError) {
            return try OpenFile.open(path, O_RDWR | O_CREAT, 0o666)
        } catch {
            if error.code == .noSuchFileOrDirectory {
                try path.parent.makeDirectories()
                return try OpenFile.open(path, O_RDWR | O_CREAT, 0o666)
            }
            guard [.permissionDenied, .readOnlyFileSystem].contains(error.code),
                let file = try? OpenFile.reading(path)
            else { throw error }
            return file
        }
    }

    /// Unlocks rather than only closes: a child that is just being started shares the open file until its exec, and
    /// the lock would live as long.
    deinit { flock(file.descriptor, LOCK_UN) }

    /// The holder, from `/proc/locks`.
    ///
    /// Its fields are: number, kind, mode, access, process, major:minor:inode, and a range.
    private static func holder(of status: FileStatus) throws(SystemError) -> Int32? {
        guard let bytes = try AbsolutePath("/proc/locks")?.readBytesIfPresent() else { return nil }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 5, fields[1] == "FLOCK",
                fields[5].split(separator: ":").last.map(String.init) == String(status.inode)
            else { continue }
            return Int32(fields[4])
        }
        return nil
    }
}
