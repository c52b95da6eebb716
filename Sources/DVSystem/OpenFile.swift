import CLinux
import Glibc
import SystemPackage

/// An open file or directory descriptor, closed when the value goes away.
package struct OpenFile: ~Copyable, Sendable {
    package let descriptor: Int32
    /// For errors.
    package let path: AbsolutePath

    init(descriptor: Int32, path: AbsolutePath) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Opens for reading, following symbolic links.
    package static func reading(_ path: AbsolutePath) throws(SystemError) -> OpenFile {
        try open(path, O_RDONLY)
    }

    /// `reading`, or nil if nothing is there.
    package static func readingIfPresent(
        _ path: AbsolutePath
    ) throws(SystemError) -> OpenFile? {
        do throws(SystemError) {
            return try reading(path)
        } catch {
            guard error.code == .noSuchFileOrDirectory || error.code == .notDirectory else {
                throw error
            }
            return nil
        }
    }

    /// Opens for reading, following symbolic links; a pipe without a writer does not block.
    package static func readingWithoutBlocking(
        _ path: AbsolutePath
    ) throws(SystemError) -> OpenFile {
        try open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    }

    /// Creates `path` for writing; fails if it exists.
    package static func creating(
        _ path: AbsolutePath,
        permissions: UInt16 = 0o666
    ) throws(SystemError) -> OpenFile {
        try open(path, O_RDWR | O_CREAT | O_EXCL, permissions)
    }

    /// Opens with `open(2)` flags; `O_CLOEXEC` is always added.
    package static func open(
        _ path: AbsolutePath,
        _ flags: Int32,
        _ permissions: UInt16 = 0o666
    ) throws(SystemError) -> OpenFile {
        let descriptor = path.withCString {
            clinux_openat(AT_FDCWD, $0, flags | O_CLOEXEC, mode_t(permissions))
        }
        guard descriptor >= 0 else { throw .last("open", path.string) }
        return OpenFile(descriptor: descriptor, path: path)
    }

    /// Takes an exclusive `flock`, which ends with the file; false if somebody else holds one, or none is possible here.
    package func lockIfFree() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    package func status() throws(SystemError) -> FileStatus {
        try .of(descriptor: descriptor, path: path.string)
    }

    /// Has the kernel fetch the first bytes from the disk while the caller does something else.
    package func readAhead(count: Int64) {
        // Advice only: without it the reads wait.
        _ = posix_fadvise(descriptor, 0, off_t(count), POSIX_FADV_WILLNEED)
    }

    /// Reads up to `buffer.count` bytes at the current position; 0 at the end.
    ///
    /// Fills the buffer unless the file ends.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = Glibc.read(
                descriptor,
                buffer.baseAddress?.advanced(by: filled),
                buffer.count - filled
            )
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw .last("read", path.string)
            }
            filled += count
        }
        return filled
    }

    /// One `read(2)`: at most `buffer.count` bytes at the current position, possibly fewer; 0 at the end.
    package func readSome(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(SystemError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .last("read", path.string) }
        }
    }

    /// Reads at `offset` without moving the position; fills the buffer unless the file ends.
    package func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at offset: Int64
    ) throws(SystemError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = pread(
                descriptor,
                buffer.baseAddress?.advanced(by: filled),
                buffer.count - filled,
                off_t(offset) + filled
            )
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw .last("read", path.string)
            }
            filled += count
        }
        return filled
    }

    /// Writes all of `bytes` at `offset` without moving the position.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = pwrite(
                descriptor,
                bytes.baseAddress?.advanced(by: written),
                bytes.count - written,
                off_t(offset) + written
            )
            if count < 0 {
                if errno == EINTR { continue }
                throw .last("write", path.string)
            }
            written += count
        }
    }

    package func write(_ bytes: [UInt8], at offset: Int64) throws(SystemError) {
        do {
            try bytes.withUnsafeBytes { try write($0, at: offset) }
        } catch {
            throw error as? SystemError ?? SystemError("write", path.string, code: .ioError)
        }
    }

    /// Writes all of `bytes` at the current position.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(
                descriptor,
                bytes.baseAddress?.advanced(by: written),
                bytes.count - written
            )
            if count < 0 {
                if errno == EINTR { continue }
                throw .last("write", path.string)
            }
            written += count
        }
    }

    package func write(_ bytes: [UInt8]) throws(SystemError) {
        do {
            try bytes.withUnsafeBytes { try write($0) }
        } catch {
            throw error as? SystemError ?? SystemError("write", path.string, code: .ioError)
        }
    }

    package func setPermissions(_ permissions: UInt16) throws(SystemError) {
        guard fchmod(descriptor, mode_t(permissions)) == 0 else {
            throw .last("change the mode of", path.string)
        }
    }

    /// Sets the modification time to `nanoseconds` before now, so that any later change shows as a different time.
    ///
    /// The kernel's clock for files moves in ticks of up to 10 ms: two changes in one tick leave the same time.
    /// Gives the time that was set.
    package func backdateModification(by nanoseconds: Int64) throws(SystemError) -> Int64 {
        var now = timespec()
        guard clock_gettime(CLOCK_REALTIME, &now) == 0 else { throw .last("read", "the clock") }
        let time = now.nanoseconds - nanoseconds
        try setModificationTime(time)
        return time
    }

    /// Sets access and modification time, in nanoseconds since 1970.
    package func setModificationTime(_ time: Int64) throws(SystemError) {
        let modified = timespec(
            tv_sec: Int(time / 1_000_000_000),
            tv_nsec: Int(time % 1_000_000_000)
        )
        let times = [modified, modified]
        guard futimens(descriptor, times) == 0 else {
            throw .last("set the time of", path.string)
        }
    }

    /// Makes content and metadata durable.
    package func synchronize() throws(SystemError) {
        guard fsync(descriptor) == 0 else { throw .last("sync", path.string) }
    }

    /// Makes everything written to this descriptor's file system durable, in one call.
    package func synchronizeFileSystem() throws(SystemError) {
        guard clinux_syncfs(descriptor) == 0 else { throw .last("sync", path.string) }
    }

    /// Shares the blocks of `source`; false where the file system cannot.
    package func clone(from source: borrowing OpenFile) throws(SystemError) -> Bool {
        if clinux_clone(descriptor, source.descriptor) == 0 { return true }
        switch errno {
        case EOPNOTSUPP, EXDEV, EINVAL, ENOTTY, ENOSYS: return false
        default: throw .last("reflink", path.string)
        }
    }
}
