import Glibc

/// A program that is talked to through its standard input and output while it runs.
///
/// It stays in our process group, so that it may ask the user at the terminal. Confined to one thread.
package final class Conversation {
    private let process: pid_t
    private var input: Pipe
    private var output: Pipe
    private var errors: Pipe
    private var complaint: [UInt8] = []
    private var ending: ExitReason?

    /// Starts the program, looked up in PATH unless it has a slash.
    package init(
        _ arguments: [String],
        environment: [String],
        in directory: AbsolutePath
    ) throws(SystemError) {
        let request = ChildRequest(
            arguments,
            environment: environment,
            in: directory,
            output: .conversation
        )
        // A program that has ended is told by an error.
        signal(SIGPIPE, SIG_IGN)
        input = try Pipe()
        output = try Pipe()
        input.widen()
        output.widen()
        errors = try Pipe()
        var spawn = try ChildSpawn(request)
        try spawn.prepare(request)
        // A program expects its input to wait for it.
        guard fcntl(input.reader, F_SETFL, 0) == 0 else { throw .last("set up", "pipe") }
        try spawn.redirect(input: input.reader, output: output, error: errors, request)
        process = try spawn.start(request)
        input.closeReader()
        output.closeWriter()
        errors.closeWriter()
    }

    deinit {
        if ending == nil { end(after: .zero) }
    }

    /// Gives the program all of `bytes`.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(input.writer, part.baseAddress, part.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .last("write to", "process \(process)")
            }
        }
    }

    /// Tells the program that nothing more comes.
    package func closeInput() { input.closeWriter() }

    /// Waits for what the program says next; 0 when it has ended its output.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            var polled = [output.reader, errors.reader].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            _ = poll(&polled, nfds_t(polled.count), 100)
            try Interruption.check()
            if polled[1].revents & Int16(POLLIN) != 0 { collectErrors() }
            let count = Glibc.read(output.reader, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EAGAIN || errno == EINTR else {
                throw SystemError.last("read from", "process \(process)")
            }
            // Without this, a program that closed its errors only would make the wait a busy one.
            if polled[1].revents & Int16(POLLHUP) != 0 { usleep(1_000) }
        }
    }

    /// All that the program says until it ends its output.
    package func readToEnd() throws -> [UInt8] {
        var said: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
            if count == 0 { return said }
            said += buffer[..<count]
        }
    }

    /// How the program ended; one that does not end by itself within `patience` is told to.
    @discardableResult
    package func end(after patience: Duration = .seconds(5)) -> ExitReason {
        if let ending { return ending }
        input.closeWriter()
        let deadline = ContinuousClock.now + patience
        var isTold = false
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 {
            collectErrors()
            if !isTold, .now >= deadline || Interruption.signal != nil {
                isTold = true
                kill(process, SIGTERM)
            } else if .now >= deadline + .seconds(2) {
                kill(process, SIGKILL)
            }
            usleep(2_000)
        }
        collectErrors()
        let reason = ExitReason(waitStatus: status)
        ending = reason
        return reason
    }

    /// What the program has written to standard error so far, its end if it is long.
    package var errorText: String { String(decoding: complaint, as: UTF8.self) }

    private func collectErrors() {
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(errors.reader, &chunk, chunk.count)
            guard count > 0 else { return }
            complaint = (complaint + chunk[..<count]).suffix(16_384)
        }
    }
}
