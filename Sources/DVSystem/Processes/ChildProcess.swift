import CLinux
import Glibc
import SystemPackage

/// Runs a program to its end.
package enum ChildProcess {
    /// Starts the program and waits for it; never leaves a zombie.
    ///
    /// When `request.interruption` tells a signal, the child (its whole group, if it leads one) gets that signal, after
    /// the grace time SIGKILL, and `Interrupted` is thrown once it has ended, whatever its exit status.
    package static func run(_ request: ChildRequest) throws -> ExitReason {
        var spawn = try ChildSpawn(request)
        try spawn.prepare(request)
        guard case .lines(let emit) = request.output else {
            return try RunningChild(try spawn.start(request), request).wait()
        }
        var reader = try OutputReader(emit)
        try reader.connect(&spawn, request)
        let child = RunningChild(try spawn.start(request), request)
        reader.closeWriters()
        return try child.wait(&reader)
    }
}

/// A started child until it is reaped.
private struct RunningChild: ~Copyable {
    private let process: pid_t
    private let request: ChildRequest
    /// Wakes the poll when the child ends; -1 on kernels without it, where the poll is short instead.
    private let exitDescriptor: Int32

    init(_ process: pid_t, _ request: ChildRequest) {
        self.process = process
        self.request = request
        exitDescriptor = clinux_pidfd_open(process)
    }

    deinit { if exitDescriptor >= 0 { close(exitDescriptor) } }

    func wait(_ reader: inout OutputReader) throws -> ExitReason {
        var ending = ChildEnding(process, request)
        while true {
            poll(reader.descriptors)
            reader.read()
            if let reason = try reap() {
                reader.finish()
                return try ending.conclude(reason)
            }
            ending.proceed()
        }
    }

    func wait() throws -> ExitReason {
        var ending = ChildEnding(process, request)
        while true {
            poll([])
            if let reason = try reap() { return try ending.conclude(reason) }
            ending.proceed()
        }
    }

    /// Returns when there is something to do, at the latest after a tenth of a second: an interruption may have come.
    private func poll(_ descriptors: [Int32]) {
        var polled = (descriptors + [exitDescriptor]).map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        _ = Glibc.poll(&polled, nfds_t(polled.count), exitDescriptor >= 0 ? 100 : 2)
    }

    private func reap() throws(SystemError) -> ExitReason? {
        var status: Int32 = 0
        let result = waitpid(process, &status, WNOHANG)
        if result == process { return ExitReason(waitStatus: status) }
        guard result == 0 || errno == EINTR else { throw .last("wait for", "process \(process)") }
        return nil
    }
}
