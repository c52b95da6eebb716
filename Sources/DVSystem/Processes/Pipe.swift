import CLinux
import Glibc

/// A pipe whose reading end never blocks.
struct Pipe: ~Copyable {
    private(set) var reader: Int32
    private(set) var writer: Int32

    init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard clinux_pipe(&ends) == 0 else { throw .last("create", "pipe") }
        guard fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 else {
            let error = SystemError.last("set up", "pipe")
            for end in ends { close(end) }
            throw error
        }
        reader = ends[0]
        writer = ends[1]
    }

    /// Asks for room for more than the usual 64 KiB, so that large amounts take fewer turns; more cannot be had by everybody.
    borrowing func widen() {
        // F_SETPIPE_SZ, a macro that Swift does not see.
        _ = fcntl(writer, 1031, 256 << 10)
    }

    deinit {
        if reader >= 0 { close(reader) }
        if writer >= 0 { close(writer) }
    }

    /// Closes our copy of the writing end, so that the end of the data is seen when the child closes its own.
    mutating func closeWriter() {
        if writer >= 0 { close(writer) }
        writer = -1
    }

    /// Closes our copy of the reading end, so that who writes learns when nobody reads any more.
    mutating func closeReader() {
        if reader >= 0 { close(reader) }
        reader = -1
    }
}
