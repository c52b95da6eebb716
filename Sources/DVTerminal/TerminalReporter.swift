import DVReporting
import DVSystem
import Glibc
import Synchronization

/// How much a user wants to read.
package enum Verbosity: Sendable {
    /// Errors only.
    case quiet
    case normal
    /// And how decisions were made.
    case verbose
}

/// Writes answers to standard output and everything else to standard error; draws progress on a terminal.
///
/// Thread-safe; each event is one write, so lines of several threads never mix.
package final class TerminalReporter: Reporter {
    private struct State {
        var progress: Progress?
        var line = ProgressLine()
        var isDrawn = false
        var isDrawing = false
        var isClosed = false
    }

    private let verbosity: Verbosity
    private let output = OutputStream(descriptor: STDOUT_FILENO)
    private let errors: OutputStream
    private let styling: Styling
    private let isShowingProgress: Bool
    private let state = Mutex(State())

    package init(
        verbosity: Verbosity,
        environment: [String: String] = ProcessEnvironment.current().variables
    ) {
        self.verbosity = verbosity
        errors = OutputStream(descriptor: STDERR_FILENO)
        styling = Styling(isTerminal: errors.isTerminal, environment: environment)
        isShowingProgress =
            verbosity != .quiet && errors.isTerminal && environment["TERM"] != "dumb"
        // A reader that goes away shows as a failed write, not as a signal.
        signal(SIGPIPE, SIG_IGN)
    }

    package func report(_ event: ReportEvent) {
        switch event {
        case .answer(let text):
            if verbosity != .quiet { writeAnswer(text + "\n") }
        case .notice(let text):
            if verbosity != .quiet { write(text, to: errors) }
        case .warning(let text):
            if verbosity != .quiet {
                write(styling.apply(.yellow, to: "WARNING") + ": " + text, to: errors)
            }
        case .detail(let text):
            if verbosity == .verbose { write(text, to: errors) }
        case .stageOutput(let stage, let lines, let isError):
            let prefix = ReportEvent.prefix(of: stage)
            var text = ""
            for line in lines {
                text += prefix
                text += line
                text += "\n"
            }
            isError ? writeLines(text, to: errors) : writeAnswer(text)
        }
    }

    /// An error as DVC prints it, and a command that may help; shown even when quiet.
    package func reportError(_ message: String, hint: String?) {
        write(styling.apply(.red, to: "ERROR") + ": " + message, to: errors)
        if let hint { write("hint: " + hint, to: errors) }
    }

    package func begin(_ progress: Progress) {
        guard isShowingProgress else { return }
        let needsThread = state.withLock { state in
            guard !state.isClosed else { return false }
            state.progress = progress
            state.line = ProgressLine()
            defer { state.isDrawing = true }
            return !state.isDrawing
        }
        if needsThread { OSThread.start { self.draw() } }
    }

    /// Clears a drawn line: what a child process writes now stands alone.
    package func flush() {
        state.withLock { clear(&$0) }
    }

    /// Ends drawing.
    ///
    /// Call it before the process ends.
    package func close() {
        state.withLock { state in
            state.isClosed = true
            clear(&state)
        }
    }

    private func writeAnswer(_ text: String) {
        let isRead = state.withLock { state in
            clear(&state)
            return output.write(text)
        }
        // The reader went away: there is nobody left to answer. 128 + SIGPIPE, as shells report it.
        if !isRead { exit(141) }
    }

    private func write(_ text: String, to stream: OutputStream) {
        writeLines(text + "\n", to: stream)
    }

    private func writeLines(_ text: String, to stream: OutputStream) {
        state.withLock { state in
            clear(&state)
            stream.write(text)
        }
    }

    private func clear(_ state: inout State) {
        guard state.isDrawn else { return }
        errors.write("\r\u{1B}[K")
        state.isDrawn = false
    }

    /// Redraws ten times a second until nothing is in progress.
    private func draw() {
        while true {
            usleep(100_000)
            let goesOn = state.withLock { state in
                guard let progress = state.progress, !progress.isFinished, !state.isClosed else {
                    clear(&state)
                    state.progress = nil
                    state.isDrawing = false
                    return false
                }
                state.line.measure(progress, at: Self.now())
                errors.write("\r" + state.line.text(progress, width: errors.width) + "\u{1B}[K")
                state.isDrawn = true
                return true
            }
            if !goesOn { return }
        }
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.nanoseconds) / 1e9
    }
}
