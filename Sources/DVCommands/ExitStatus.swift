/// The exit codes of dvswift: those of DVC 3.67.
package enum ExitStatus: Int32, Sendable {
    case success = 0
    /// The command worked and its answer is "no", or it failed in a way DVC reports with 1.
    case failure = 1
    /// The reader of standard output went away: 128 + SIGPIPE.
    case brokenPipe = 141
    /// A configuration file or option is wrong.
    case configuration = 251
    /// Stopped by SIGINT or SIGTERM.
    case interrupted = 252
    /// Not inside a project.
    case notAProject = 253
    /// The command line is wrong.
    case usage = 254
    /// Everything else.
    case other = 255
}
