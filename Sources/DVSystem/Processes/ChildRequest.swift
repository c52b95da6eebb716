import Glibc

/// What to run, and how it is connected to us.
package struct ChildRequest: Sendable {
    package enum Output: Sendable {
        /// The child shares our standard streams.
        case inherited
        /// Standard input is empty; complete lines go to the closure, as many as came at once, with whether they came
        /// from standard error.
        case lines(@Sendable (_ lines: [String], _ isError: Bool) -> Void)
        /// All streams are pipes of a `Conversation`.
        case conversation
    }

    /// The program (looked up in PATH unless it has a slash) and its arguments.
    package var arguments: [String]
    /// `NAME=value` each.
    package var environment: [String]
    package var directory: AbsolutePath
    package var output: Output
    /// Seconds between the signal that ends an interrupted child and SIGKILL.
    package var grace = 10.0
    /// Polled while the child runs: the signal that asks us to stop, if any.
    package var interruption: @Sendable () -> Int32? = { Interruption.signal }

    package init(
        _ arguments: [String],
        environment: [String],
        in directory: AbsolutePath,
        output: Output = .inherited
    ) {
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.output = output
    }

    /// Whether the child leads a process group of its own.
    ///
    /// One that may read our terminal stays in our group: in its own, the terminal would stop it (SIGTTIN), and handing it the terminal would stop a pager in the same pipeline. Terminal signals then reach it
    /// from the terminal. Every other child leads its own group, so that all it started can be ended with it.
    var hasOwnGroup: Bool {
        switch output {
        case .inherited: isatty(STDIN_FILENO) == 0
        case .lines: true
        case .conversation: false
        }
    }
}
