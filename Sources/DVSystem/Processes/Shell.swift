/// A shell that runs one command line without reading the user's start-up files.
package struct Shell: Hashable, Sendable {
    /// A path, or a name to look up in PATH.
    package let program: String
    /// Whether a fish shell knows `--no-config` (from version 3.3.0).
    package let hasNoConfig: Bool

    package init(program: String, hasNoConfig: Bool = true) {
        self.program = program
        self.hasNoConfig = hasNoConfig
    }

    /// Reads "fish, version 3.6.0".
    package static func knowsNoConfig(fishVersion text: String) -> Bool {
        let numbers = text.split(separator: " ").last?.split(separator: ".").compactMap { Int($0) }
        guard let numbers, numbers.count >= 2 else { return false }
        return (numbers[0], numbers[1]) >= (3, 3)
    }

    package var name: String {
        (program.split(separator: "/").last.map(String.init) ?? program).lowercased()
    }

    /// The argument list that runs `line`, with DVC's options for the shell.
    package func arguments(for line: String) -> [String] {
        [program] + options + ["-c", line]
    }

    private var options: [String] {
        switch name {
        case "zsh": ["--no-rcs"]
        case "bash": ["--noprofile", "--norc"]
        case "fish": hasNoConfig ? ["--no-config"] : []
        default: []
        }
    }
}
