import DVSystem
import DVTestSupport

/// How a command on a pseudo terminal ended, and every byte that the terminal got.
struct TerminalResult {
    let status: Int32
    let text: String

    static let escape = "\u{1B}"
}

extension TemporaryProject {
    /// Runs dvswift on a pseudo terminal that takes colours; `variables` in addition to those of all tests.
    func attemptOnTerminal(
        _ arguments: String...,
        adding variables: [String: String] = [:]
    ) throws -> TerminalResult {
        let words = try [Tool.dvswift.program] + arguments
        let command = words.map { "'\($0)'" }.joined(separator: " ")
        // Through a file: a pipe would be read by lines.
        let recording = "script --quiet --return --command \"$0\" /dev/null > ../terminal"
        let result = try attempt(
            ["sh", "-c", recording, command],
            adding: ["NO_COLOR": "", "TERM": "xterm"].merging(variables) { $1 }
        )
        return TerminalResult(status: result.status, text: try text(of: "../terminal"))
    }

    /// Makes a file that takes a second or so to add, and no time to make: it has no blocks.
    func makeLongFile(_ name: String) throws {
        try attempt(["truncate", "--size", "800M", name]).checkingSuccess()
    }
}
