import DVTerminal
import Testing

@Suite struct TerminalTextTests {
    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1550, "1.6 kB"), (99_949, "99.9 kB"),
        (512_000_000, "512 MB"), (999_999, "1.0 MB"), (3_200_000_000_000, "3.2 TB"),
    ])
    func `sizes have two or three digits`(count: Int64, expected: String) {
        #expect(Measures.bytes(count) == expected)
    }

    @Test(arguments: [
        (0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (185, "3 min 05 s"),
        (7800, "2 h 10 min"),
    ])
    func `durations have one or two units`(seconds: Double, expected: String) {
        #expect(Measures.duration(seconds) == expected)
    }

    @Test func `columns are aligned without spaces at the end`() {
        let table = TextTable([["a", "long", "x"], ["bcd", "e", ""], ["f"]])
        #expect(table.lines == ["a    long  x", "bcd  e", "f"])
    }

    @Test(arguments: [
        (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false),
        (true, ["NO_COLOR": ""], true), (true, ["TERM": "dumb"], false),
        (false, ["CLICOLOR_FORCE": "1"], true), (false, ["CLICOLOR_FORCE": "0"], false),
        (true, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
    ])
    func `colours follow the terminal and the user's wishes`(
        isTerminal: Bool,
        environment: [String: String],
        isColoured: Bool
    ) {
        let styling = Styling(isTerminal: isTerminal, environment: environment)
        #expect(styling.apply(.red, to: "x") == (isColoured ? "\u{1B}[31mx\u{1B}[0m" : "x"))
    }
}
