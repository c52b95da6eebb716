import DVFormats
import DVTestSupport
import Testing

@Suite struct TOMLTests {
    private func parse(_ text: String) throws -> DataValue {
        try ParameterFile.parse(Array(text.utf8), file: "p.toml")
    }

    static let values: [(String, DataValue)] = [
        ("1_000", .integer(1000)), ("-17", .integer(-17)), ("0xdead_BEEF", .integer(0xDEAD_BEEF)),
        ("0o17", .integer(15)), ("0b101", .integer(5)), ("+0", .integer(0)),
        ("18446744073709551616", .longInteger("18446744073709551616")),
        ("6.5e-3", .float(0.0065)), ("1e400", .float(.infinity)), ("-inf", .float(-.infinity)),
        ("true", .bool(true)), (#""a\u00e9\t\"""#, .string("aé\t\"")),
        (#"'C:\x'"#, .string(#"C:\x"#)),
        ("\"\"\"\na \\\n   b\"\"\"\"", .string("a b\"")), ("'''\r\nx\r\n'y'''", .string("x\n'y")),
        ("1979-05-27", .timestamp("1979-05-27")), ("07:32:00.5", .string("07:32:00.5")),
        ("1979-05-27 07:32:00z", .timestamp("1979-05-27 07:32:00Z")),
        ("1979-05-27t00:32:00.999-07:00", .timestamp("1979-05-27T00:32:00.999-07:00")),
        ("[1, 'a', # c\n [], ]", .list([.integer(1), .string("a"), .list([])])),
        (
            "{a.b = 1, c = {}}",
            .mapping([("a", .mapping([("b", .integer(1))])), ("c", .mapping([]))])
        ),
    ]

    @Test(arguments: values)
    func `a value is read`(text: String, value: DataValue) throws {
        #expect(try parse("k = \(text) # end").value(atDottedKey: "k") == value)
    }

    @Test func `a time alone comes back equal from a lock file`() throws {
        let value = try parse("t = 07:32:00\nd = 1979-05-27 07:32:00.25Z")
        let lock = try DataValue.parseYAML(Array(value.yaml().utf8), file: "dvc.lock")
        #expect(lock == value)
    }

    @Test func `tables are nested, keep their order, and may be added to where TOML allows it`()
        throws
    {
        let text = """
            z = 1
            b.y.x = 2
            b.a = 3
            [d.e.f]
            g = 4
            [d]
            "h i" = 5
            [[j.k]]
            l = 6
            [[j.k]]
            [j.k.m]
            n = 7
            """
        #expect(
            try parse(text).yaml() == """
                z: 1
                b:
                  y:
                    x: 2
                  a: 3
                d:
                  e:
                    f:
                      g: 4
                  h i: 5
                j:
                  k:
                  - l: 6
                  - m:
                      n: 7

                """
        )
    }

    static let mistakes: [(String, Int, Int, String)] = [
        ("a = 1\nb = = 2", 2, 5, "expected a value"), ("d = 1979-05-27T-07", 1, 5, "not a value"),
        ("d = 1979-02-30", 1, 5, "not a value"), ("d = 1979-05-27 7:00", 1, 16, "not a time"),
        ("a = [\n  [],\n]\n[!x]", 4, 2, "expected a key"), ("a = [1, 2}", 1, 10, "',' or ']'"),
        ("a = [ },", 1, 7, "expected a value"), ("[=", 1, 2, "expected a key"),
        ("a = {b = 1,}", 1, 12, "expected a key"), ("a = 01", 1, 5, "not a value"),
        ("a = 1__0", 1, 5, "not a value"), ("a = 1 b = 2", 1, 7, "end of the line"),
        ("a = 'x\n'", 1, 7, "line end"), ("a = \"\\x\"", 1, 6, "unknown escape"),
        ("a = \"\\ud800\"", 1, 6, "names no character"), ("a = '''x", 1, 8, "without end"),
        ("a = 1\na = 2", 2, 1, "'a' is defined twice"), ("[a]\n[a]", 2, 1, "'a' is defined twice"),
        ("a.b = 1\n[a]", 2, 1, "defined twice"), ("a = {}\n[a.b]", 2, 1, "defined twice"),
        ("a = []\n[[a]]", 2, 1, "defined twice"),
        ("[a.b]\n[c]\n[a]\nb.x = 1", 4, 1, "defined twice"),
        ("a = 1\u{0}b = 2", 1, 6, "end of the line"), ("# \u{7}", 1, 3, "control character"),
    ]

    @Test(arguments: mistakes)
    func `a mistake has its line and column`(
        text: String,
        line: Int,
        column: Int,
        problem: String
    ) throws {
        let error = try #require(throws: FormatError.self) { try parse(text) }
        #expect(error.line == line && error.column == column, "\(error)")
        #expect(error.problem.contains("not valid TOML") && error.problem.contains(problem))
    }

    @Test func `text that is not UTF-8 is told with its place`() throws {
        let bytes = Array("a = 1\nb = '".utf8) + [0xFF, 0x27]
        let error = try #require(throws: FormatError.self) {
            try ParameterFile.parse(bytes, file: "p.toml")
        }
        #expect(error.line == 2 && error.column == 6)
    }

    @Test(arguments: [
        "a=" + nest("["), "a=" + nest("{a="), nest("a.") + "a=1", "[" + nest("a.") + "a]",
    ])
    func `nesting without end is refused`(text: String) throws {
        let error = try #require(throws: FormatError.self) { try parse(text) }
        #expect(error.problem.contains("nested too deeply"))
    }

    private static func nest(_ text: String) -> String {
        String(repeating: text, count: 100_000)
    }

    @Test func `mutated text is read or refused`() {
        var random = SplitMix(state: 7)
        let seed = Array(Self.values.map { "[[t]]\n'k'.b = \($0.0)\n" }.joined().utf8)
        let alphabet = Array("[]{}=.,'\"\\#\n\r \t-+_:TZ0189abeu\u{0}é".utf8)
        for _ in 0..<5000 {
            let start = Int.random(in: 0..<seed.count, using: &random)
            var text = Array(seed[start...].prefix(80))
            for _ in 0..<3 where !text.isEmpty {
                let place = Int.random(in: 0..<text.count, using: &random)
                text[place] = alphabet.randomElement(using: &random) ?? 0
            }
            _ = try? ParameterFile.parse(text, file: "p.toml")
        }
    }
}
