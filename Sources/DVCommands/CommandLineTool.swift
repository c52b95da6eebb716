import ArgumentParser
import DVRemotes
import DVSystem
import DVTerminal
import Glibc

/// The process: reads the command line, runs one command, exits with a documented code.
package enum CommandLineTool {
    package static func main() -> Never {
        answerSSH()
        let words = Array(CommandLine.arguments.dropFirst())
        let arguments = NegativeNumbers.protecting(ArgumentOrder.movingGlobalOptions(words))
        do {
            try CommandWords.check(arguments)
            var command = try DVSwift.parseAsRoot(arguments)
            try command.run()
            exit(ExitStatus.success.rawValue)
        } catch {
            finish(after: error)
        }
    }

    /// Gives SSH a password or passphrase of the settings, if SSH started this process for it.
    private static func answerSSH() {
        let environment = ProcessEnvironment.current()
        guard SSHSecrets.isAsked(in: environment) else { return }
        let question = CommandLine.arguments.dropFirst().first ?? ""
        guard let answer = SSHSecrets.answer(to: question, in: environment) else {
            exit(ExitStatus.failure.rawValue)
        }
        print(answer)
        exit(ExitStatus.success.rawValue)
    }

    private static func finish(after error: any Error) -> Never {
        if let status = error as? ExitCode { exit(status.rawValue) }
        let message = DVSwift.fullMessage(for: error)
        if DVSwift.exitCode(for: error).isSuccess {
            print(message)
            exit(ExitStatus.success.rawValue)
        }
        let reporter = TerminalReporter(verbosity: .normal)
        switch error {
        case let error as UnknownCommand: reporter.reportError(error.message, hint: error.hint)
        case let error as MissingCommand:
            reporter.reportError("the following arguments are required: command", hint: nil)
            reporter.report(.notice(error.help))
        default: report(message, to: reporter)
        }
        exit(ExitStatus.usage.rawValue)
    }

    /// ArgumentParser says "Error: …" and then how the command is used; DVC and its wrappers say "ERROR: …".
    private static func report(_ message: String, to reporter: TerminalReporter) {
        let lines = message.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let first = lines.first.map(String.init) ?? ""
        reporter.reportError(
            first.hasPrefix("Error: ") ? String(first.dropFirst(7)) : first,
            hint: nil
        )
        if lines.count > 1 { reporter.report(.notice(String(lines[1]))) }
    }
}

/// DVC takes `-q`, `-v` and `--cd` before the command as well as after it; ArgumentParser only after it.
enum ArgumentOrder {
    private static let flags = ["-q", "--quiet", "-v", "--verbose"]

    static func movingGlobalOptions(_ arguments: [String]) -> [String] {
        var rest = arguments[...]
        var moved: [String] = []
        while let first = rest.first, first.hasPrefix("-") {
            if flags.contains(first) || first.hasPrefix("--cd=") {
                moved.append(first)
                rest = rest.dropFirst()
            } else if first == "--cd", rest.count > 1 {
                moved += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else if first == "-V" {
                return ["--version"]
            } else if first == "--wait-for-lock" {
                // Here every command waits.
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        // Between a group and its command, as in `cache -q dir`.
        if let first = rest.first, depth(of: first) > 1 {
            let flags = rest.dropFirst().prefix { Self.flags.contains($0) }
            moved += flags
            rest = [first] + rest.dropFirst(1 + flags.count)
        }
        guard !moved.isEmpty, !rest.isEmpty else { return moved + rest }
        let words = rest.prefix { !$0.hasPrefix("-") }
        let commandWords = words.prefix(depth(of: words.first))
        return commandWords + moved + rest.dropFirst(commandWords.count)
    }

    /// How many words name a command: `remote add` is two.
    private static func depth(of name: String?) -> Int {
        let groups = [
            "remote", "stage", "cache", "data", "git-hook", "metrics", "params", "plots",
            "artifacts",
        ]
        return name.map(groups.contains) == true ? 2 : 1
    }
}
