import Glibc

/// Questions to a person at a terminal.
enum Prompt {
    /// Asks for yes or no; "no" without asking where standard input or output is not a terminal, as DVC does.
    @Sendable static func confirm(_ question: String) -> Bool {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return false }
        while true {
            print(question, "[y/n] ", terminator: "")
            fflush(nil)
            guard let answer = readLine()?.lowercased() else { return false }
            if ["y", "yes"].contains(answer) { return true }
            if ["n", "no"].contains(answer) { return false }
        }
    }
}
