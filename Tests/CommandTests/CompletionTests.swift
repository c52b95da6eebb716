import DVTestSupport
import Testing

/// The completion scripts, in the shells that they are for.
@Suite struct CompletionTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject(madeBy: nil, git: false)
        try project.write("", to: "alpha.txt")
        for shell in ["bash", "zsh", "fish"] {
            let script = try project.run(.dvswift, "completion", "-s", shell)
            try project.write(script, to: "scripts/\(shell)/_dvswift")
        }
    }

    /// What is typed, and what it becomes: a command, an option, a path, a command of a group.
    private static let lines = [
        ("dvswift unpro", "unprotect"),
        ("dvswift add --no-c", "--no-commit"),
        ("dvswift add alph", "alpha.txt"),
        ("dvswift remote ren", "rename"),
    ]

    private func run(_ command: [String]) throws -> String {
        try project.attempt(command, adding: project.pathToDVSwift()).checkingSuccess().output
    }

    @Test func `bash completes commands, options and paths`() throws {
        let script = """
            . scripts/bash/_dvswift
            try() {
                COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
                _dvswift dvswift "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                echo "${COMPREPLY[*]}"
            }
            complete -p dvswift >/dev/null || exit 1

            """
        for (line, word) in Self.lines {
            #expect(try run(["bash", "--norc", "-c", script + "try \(line)"]) == word + "\n")
        }
    }

    @Test func `fish completes commands, options and paths`() throws {
        for (line, word) in Self.lines {
            let script = "source scripts/fish/_dvswift; complete --do-complete '\(line)'"
            let output = try run(["fish", "--no-config", "-c", script])
            let words = output.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
            #expect(words == [word[...]])
        }
    }

    @Test func `zsh completes commands, options and paths`() throws {
        // A shell on a terminal of its own: a tab completes, then the whole line is quoted and printed.
        let script = #"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell "PS1=; fpath=($PWD/scripts/zsh \$fpath); autoload -Uz compinit; compinit -D -u"
            zpty -w shell "bindkey '^I' complete-word; unsetopt automenu"
            while read -r text; do
                zpty -n -w shell "$text"$'\t'
                zpty -n -w shell $'\x01'"print -r -- '<"$'\x05'">'"$'\n'
            done <<< $LINES_TO_TRY
            zpty -w shell exit
            while zpty -r shell line; do print -r -- "$line"; done

            """#
        let typed = Self.lines.map(\.0).joined(separator: "\n")
        let output = try run(["zsh", "-f", "-c", "LINES_TO_TRY='\(typed)'\n" + script])
        for (line, word) in Self.lines {
            let start = line.split(separator: " ").dropLast().joined(separator: " ")
            #expect(output.contains("<\(start) \(word)>"), "\(output)")
        }
    }
}
