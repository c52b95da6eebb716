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
    /// Complete lines that the command of a stage wrote, as many as came at once; each is shown with the stage before it.
    case stageOutput(stage: String, lines: [String], isError: Bool)
}

extension ReportEvent {
    /// What stands before each line of a stage that runs beside others.
    package static func prefix(of stage: String) -> String { "[\(stage)] " }
}

/// Drops everything.
package struct SilentReporter: Reporter {
    package init() {}
    package func report(_ event: ReportEvent) {}
    package func begin(_ progress: Progress) {}
}
