import DVFormats
import Testing

@Suite struct ParameterFileTests {
    private func parse(_ text: String, _ file: String) throws -> DataValue {
        try ParameterFile.parse(Array(text.utf8), file: file)
    }

    static let scalars: [(String, DataValue)] = [
        ("1e-3", .float(0.001)), ("1e5", .float(100_000)), (".5e3", .string(".5e3")),
        (".5e+3", .float(500)), ("yes", .string("yes")), ("on", .string("on")),
        ("True", .bool(true)), ("010", .integer(10)), ("0o10", .integer(8)),
        ("0x1F", .integer(31)), ("0b11", .integer(3)), ("1_000", .integer(1000)),
        ("~", .null), ("", .null), ("'~'", .string("~")), ("-.inf", .float(-.infinity)),
        ("1.", .float(1)), ("2020-01-01", .timestamp("2020-01-01")),
        ("2020-1-1", .string("2020-1-1")), ("12:30:45", .string("12:30:45")),
        ("123456789012345678901234567890", .longInteger("123456789012345678901234567890")),
        ("-0xFFFFFFFFFFFFFFFFFF", .longInteger("-4722366482869645213695")),
        ("!!str 12", .string("12")), ("!!float 1", .float(1)), ("+7", .integer(7)),
    ]

    @Test(arguments: scalars)
    func `scalars mean what they mean to DVC`(text: String, value: DataValue) throws {
        #expect(try parse("k: \(text)\n", "params.yaml").value(atDottedKey: "k") == value)
    }

    /// Values and what DVC 3.67.1 prints for them behind `key:`.
    static let printed: [(DataValue, String)] = [
        (.float(1e-5), " 1e-05"), (.float(0.0001), " 0.0001"), (.float(1e16), " 1e+16"),
        (.longInteger("-99999999999999999999"), " -99999999999999999999"),
        (.float(1e15), " 1000000000000000.0"), (.float(-0.0), " -0.0"), (.float(.nan), " .nan"),
        (.float(1.2345678901234568e+17), " 1.2345678901234568e+17"), (.null, ""),
        (.string(""), " ''"), (.string("true"), " 'true'"), (.string("yes"), " yes"),
        (.string("1e5"), " '1e5'"), (.string("it's: x"), " \"it's: x\""),
        (.string("a\nb"), " \"a\\nb\""), (.string("é 😀"), " é 😀"), (.string("- a"), " '- a'"),
        (.string("\u{A0}"), " \u{A0}"), (.string("tab\t"), " \"tab\\t\""), (.list([]), " []"),
        (.mapping([]), " {}"), (.list([.null, .list([.integer(1)])]), "\n- \n- - 1"),
        (.keyedMapping([(.integer(1), .string("a"))]), "\n  1: a"),
        (.mapping([("1", .string("a"))]), "\n  '1': a"),
    ]

    @Test(arguments: printed)
    func `values are printed as DVC prints them`(value: DataValue, text: String) {
        #expect(DataValue.mapping([("key", value)]).yaml() == "key:\(text)\n")
    }

    @Test func `JSON is read`() throws {
        let json = try parse(
            #"{"a": {"b": [1, 2.0, "x\ud83d\ude00", null]}, "a2": 1, "a2": 2}"#,
            "p.json"
        )
        #expect(json.value(atDottedKey: "a.b.2") == .string("x😀"))
        #expect(json.value(atDottedKey: "a2") == .integer(2))
        let long = try parse(#"{"n": -1000000000000000000000000}"#, "p.json")
        #expect(long.value(atDottedKey: "n") == .longInteger("-1000000000000000000000000"))
    }

    @Test func `a dotted key finds items, number keys and nothing`() throws {
        let value = try parse("a:\n  b: [x, {c: 1}]\nn: {0: cat}\ne.f: 1\n", "params.yaml")
        #expect(value.value(atDottedKey: "a.b.1.c") == .integer(1))
        #expect(value.value(atDottedKey: "n.0") == .string("cat"))
        #expect(value.value(atDottedKey: "a.b.2") == nil)
        #expect(value.value(atDottedKey: "e.f") == nil)
    }

    static let problems = [
        ("p.yaml", "a: 1\na: 2\n", 2, "duplicate key 'a'"),
        ("p.json", "{\"a\": 1,\n \"b\" 2}", 2, "expected ':'"),
        ("p.yaml", "a: !custom 1\n", 1, "not supported"),
    ]

    @Test(arguments: problems)
    func `a problem has its line`(file: String, text: String, line: Int, problem: String) throws {
        let error = try #require(throws: FormatError.self) { try parse(text, file) }
        #expect(error.line == line)
        #expect(error.problem.contains(problem), "\(error.problem)")
    }
}
