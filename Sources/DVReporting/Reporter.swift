/// Receives what the engine has to say while it works; the terminal, JSON and tests each have one.
///
/// Events may come from any thread. An event never carries colour or layout.
package protocol Reporter: Sendable {
    func report(_ event: ReportEvent)

    /// Starts to show a long operation; the engine advances the returned progress from any thread and finishes it.
    func begin(_ progress: Progress)

    /// When this returns, everything reported so far is visible: called before a child writes to the same streams.
    func flush()
}

extension Reporter {
    package func flush() {}
}

/// One thing worth telling a user.
package enum ReportEvent: Sendable, Equatable {
    /// A line of the answer, for standard output.
    case answer(String)
    /// Something that happened, for standard error.
    case notice(String)
    /// Something a user should look at, for standard error.
    case warning(String)
    /// How a decision was made; shown with `--verbose` only.
    case detail(String)
    /// A complete line that the command of a stage wrote; `stage` is nil when lines are not prefixed.
    case stageOutput(stage: String?, line: String, isError: Bool)
}

/// Drops everything.
package struct SilentReporter: Reporter {
    package init() {}
    package func report(_ event: ReportEvent) {}
    package func begin(_ progress: Progress) {}
}
