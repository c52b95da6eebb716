import DVSystem
import DVTestSupport
import SystemPackage
import Testing

/// What is written about the commands is what they are.
@Suite struct DocumentationTests {
    /// Any project will do: its root is where programs run.
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
    }

    /// The folder of the sources that the tests were built from.
    private static let sources = AbsolutePath(#filePath, relativeTo: .root).parent.parent.parent

    @Test func `man pages are what their generator writes`() throws {
        let command = [
            "python3", Self.sources.appending("man/generate.py").string,
            try Tool.dvswift.program, Self.sources.appending("man").string, "--check",
        ]
        let result = try project.attempt(command)
        #expect(result.reason.isSuccess, "\(result)")
    }

    @Test func `every command of the help has a man page and a row in the README`() throws {
        let readme = String(
            decoding: try Self.sources.appending("README.md").readBytes(),
            as: UTF8.self
        )
        let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let commands = try commands(of: [])
        #expect(commands.count > 15)
        for words in commands {
            let page = "man/dvswift-" + words.joined(separator: "-") + ".1"
            #expect(try Self.sources.appending(page).exists(), "\(page)")
            #expect(rows.contains { Self.tells(of: words, in: $0) }, "\(words)")
        }
    }

    /// Whether the first cell of a row names the command: `remote add`, or `remote add`, `list`.
    private static func tells(of words: [String], in row: Substring) -> Bool {
        let cell = row.split(separator: "|").first ?? ""
        let names = cell.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }
            .map(\.element)
        let spoken = names.flatMap { $0.split(separator: " ") }.map(String.init)
        return words.allSatisfy(spoken.contains)
    }

    /// The commands below `group` that its help lists, with those below them.
    private func commands(of group: [String]) throws -> [[String]] {
        let help = try project.run(.dvswift, group + ["--help"])
        var isList = false
        var names: [String] = []
        for line in help.split(separator: "\n") {
            if !line.hasPrefix(" ") { isList = line.hasSuffix("SUBCOMMANDS:") }
            guard isList, line.hasPrefix("  "), !line.hasPrefix("   "), !line.contains("'dvswift")
            else { continue }
            // The name, and perhaps others for it behind a comma.
            if let name = line.split(whereSeparator: { " ,".contains($0) }).first {
                names.append(String(name))
            }
        }
        return try names.flatMap { name in
            [group + [name]] + (try commands(of: group + [name]))
        }
    }

    private static let shells = ["bash", "zsh", "fish"]

    @Test(arguments: shells)
    func `a completion script is good for its shell`(shell: String) throws {
        let script = try project.run(.dvswift, "completion", "-s", shell)
        #expect(script.contains("dvswift"))
        #expect(script.contains("checkout"))
        try project.write(script, to: "script")
        guard try isInstalled(shell) else { return }
        let result = try project.attempt(
            [shell, "--no-exec", "script"].map(Self.option(for: shell))
        )
        #expect(result.reason.isSuccess, "\(result)")
        #expect(result.errors.isEmpty, "\(result)")
    }

    @Test func `bash completes commands and options`() throws {
        try project.write(try project.run(.dvswift, "completion", "-s", "bash"), to: "script")
        let lines = """
            . ./script
            COMP_WORDS=(dvswift checko) COMP_CWORD=1 COMP_LINE='dvswift checko' COMP_POINT=14
            _dvswift dvswift checko dvswift
            echo "${COMPREPLY[@]}"

            """
        let result = try project.attempt(["bash", "-c", lines])
        #expect(result.output.split(separator: "\n").first == "checkout", "\(result)")
    }

    /// Only fish has the long form.
    private static func option(for shell: String) -> (String) -> String {
        { $0 == "--no-exec" && shell != "fish" ? "-n" : $0 }
    }

    private func isInstalled(_ program: String) throws -> Bool {
        try project.attempt(["sh", "-c", "command -v \(program)"]).reason.isSuccess
    }
}
