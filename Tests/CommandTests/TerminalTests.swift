import DVTestSupport
import Testing

/// Progress and colours are for people at a terminal, and for those who want them.
@Suite struct TerminalTests {
    @Test func `a long add shows bytes, rate and time left`() throws {
        let project = try TemporaryProject()
        try project.makeLongFile("long.bin")
        let result = try project.attemptOnTerminal("add", "long.bin")
        #expect(result.status == 0)
        // "Adding  42%  353 MB of 839 MB  0/1 files  1.2 GB/s  1 s left"
        let line = /Adding +\d+% +[\d.]+ [kM]?B of 839 MB +0\/1 files +[\d.]+ [kMG]B\/s +\d+ s left/
        #expect(result.text.contains(line), "\(result)")
        // Each line replaces the last, and nothing of them is left.
        #expect(!result.text.contains("\n"))
        #expect(result.text.hasSuffix("\r" + TerminalResult.escape + "[K"))
    }

    @Test func `a long push, fetch and checkout show bytes and rate`() throws {
        let project = try TemporaryProject()
        try project.makeLongFile("long.bin")
        try project.run(.dvswift, "add", "long.bin")
        try project.run(.dvswift, "remote", "add", "-d", "storage", "../remote")
        try project.run(.dvswift, "remote", "modify", "storage", "layout", "encoded")
        let push = try project.attemptOnTerminal("push")
        #expect(
            push.text.contains(/Pushing +\d+% +[\d.]+ [kM]?B of 839 MB .*B\/s +\d+ s left/),
            "\(push)"
        )
        try project.remove("long.bin")
        let checkout = try project.attemptOnTerminal("checkout")
        #expect(checkout.text.contains(/Checking out +[\d.]+ [kM]?B .*B\/s/), "\(checkout)")
        try project.remove(".dvc/cache")
        let fetch = try project.attemptOnTerminal("fetch")
        #expect(
            fetch.text.contains(/Fetching +\d+% +[\d.]+ [kM]?B of 839 MB .*B\/s +\d+ s left/),
            "\(fetch)"
        )
    }

    @Test func `nothing is drawn when output is piped`() throws {
        let project = try TemporaryProject()
        try project.makeLongFile("long.bin")
        let result = try project.attempt(.dvswift, "add", "long.bin")
        #expect(result.reason.isSuccess)
        #expect(result.output.isEmpty)
        #expect(result.errors.isEmpty)
    }

    @Test(arguments: [["-q", "add"], ["add", "-q"]])
    func `a quiet add writes nothing to a terminal`(words: [String]) throws {
        let project = try TemporaryProject()
        try project.makeLongFile("long.bin")
        let result = try project.attemptOnTerminal(words[0], words[1], "long.bin")
        #expect(result.status == 0)
        #expect(result.text.isEmpty)
    }

    @Test func `a terminal that cannot move its cursor gets no progress`() throws {
        let project = try TemporaryProject()
        try project.makeLongFile("long.bin")
        let result = try project.attemptOnTerminal("add", "long.bin", adding: ["TERM": "dumb"])
        #expect(result.status == 0)
        #expect(!result.text.contains(TerminalResult.escape))
    }

    private static let plain: [[String: String]] = [["NO_COLOR": "1"], ["TERM": "dumb"]]

    @Test(arguments: plain)
    func `an error has no escape codes where a user or terminal wants none`(
        variables: [String: String]
    ) throws {
        let project = try TemporaryProject()
        let result = try project.attemptOnTerminal("add", "nope", adding: variables)
        #expect(result.status == 1)
        #expect(result.text.contains("ERROR: output 'nope' does not exist"))
        #expect(!result.text.contains(TerminalResult.escape))
    }

    @Test func `an error is coloured on a terminal, and never in a pipe`() throws {
        let project = try TemporaryProject()
        let shown = try project.attemptOnTerminal("add", "nope")
        #expect(shown.text.contains("\u{1B}[31mERROR\u{1B}[0m: "))
        let piped = try project.attempt(.dvswift, ["add", "nope"], adding: ["NO_COLOR": ""])
        #expect(piped.errors.hasPrefix("ERROR: "))
        #expect(!piped.errors.contains(TerminalResult.escape))
    }

    private static let commands = [
        ["status"], ["status", "--json"], ["add", "data"], ["checkout"], ["push"], ["repro"],
        ["stage", "list"], ["remote", "list"], ["config", "--list"], ["--help"], ["version"],
    ]

    @Test(arguments: commands)
    func `no command writes escape codes into a pipe`(command: [String]) throws {
        let project = try TemporaryProject()
        try project.write("a", to: "data/a")
        try project.run(.dvswift, "add", "data")
        try project.run(.dvswift, "remote", "add", "-d", "storage", project.remote.string)
        try project.run(.dvswift, "stage", "add", "-n", "one", "-o", "out", "echo 1 > out")
        let result = try project.attempt(.dvswift, command, adding: ["NO_COLOR": ""])
        #expect(!(result.output + result.errors).contains(TerminalResult.escape))
    }

    @Test func `a quiet failure still says why`() throws {
        let project = try TemporaryProject()
        let result = try project.attempt(.dvswift, "-q", "add", "nope")
        #expect(result.status == 1)
        #expect(result.errors.contains("output 'nope' does not exist"))
    }

    @Test func `quiet commands that succeed write nothing`() throws {
        let project = try TemporaryProject()
        try project.write("a", to: "data/a")
        let commands = [
            ["add", "data"], ["remote", "add", "-d", "storage", project.remote.string], ["push"],
            ["stage", "add", "-n", "one", "-o", "out", "echo 1 > out"], ["repro"], ["commit"],
            ["checkout"], ["fetch"], ["pull"], ["status"],
        ]
        for command in commands {
            let result = try project.attempt(.dvswift, command + ["-q"]).checkingSuccess()
            #expect(result.output.isEmpty && result.errors.isEmpty, "\(result)")
        }
    }
}
