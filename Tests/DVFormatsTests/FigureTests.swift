import DVFormats
import Testing

/// Metrics and parameters as values: what counts, how it is compared and written.
@Suite struct FigureTests {
    private func yaml(_ text: String) throws -> DataValue {
        try DataValue.parseYAML(Array(text.utf8), file: "m.yaml")
    }

    @Test func `metrics are numbers, flags and texts`() throws {
        let value = try yaml(
            "{a: 1, b: {c: x, d: [1], e: {}}, f: null, g: 2020-01-01, h: true, i: {j: null}}"
        )
        #expect(value.metrics == (try yaml("{a: 1, b: {c: x}, h: true}")))
        #expect(DataValue.float(0.5).metrics == .float(0.5))
        #expect(DataValue.integer(0).metrics == .mapping([]))
        #expect(DataValue.list([.integer(1)]).metrics == .mapping([]))
    }

    @Test func `values have dotted keys`() throws {
        let flat = try yaml("{a: {b: {c: 1}, d: {}}, 2: {x: [1, 2]}, e: null}").flattened
        #expect(flat.map(\.key) == ["a.b.c", "2.x", "e"])
    }

    @Test(
        arguments: [
            ("{a: 1}", "{a: 3}", ["a: 1 3 2"]), ("{a: 1}", "{a: 1.5}", ["a: 1 1.5 0.5"]),
            ("{a: 1}", "{a: 1.0}", []), ("{a: true}", "{a: 1}", []),
            ("{a: [1, 2]}", "{a: [1, x]}", ["a: '[1, 2]' \"[1, 'x']\" None"]),
            ("{a: x}", "{b: 1}", ["a: 'x' None None", "b: None 1 None"]),
            ("{a: {b: 1}}", "{a: 2}", ["a: None 2 None", "a.b: 1 None None"]),
            ("1", "3", [": 1 3 2"]), ("[1]", "[4]", [": 1 4 3"]), ("'7'", "x", [": 7 'x' None"]),
            ("{a: 1}", "2", ["a: 1 'unable to parse' None"]), ("{a: 1}", "0", ["a: 1 None None"]),
            (
                "{a: 1}", "{a: 123456789012345678901}",
                ["a: 1 123456789012345678901 123456789012345678900"]
            ),
        ] as [(String, String, [String])]
    )
    func `changes are those that DVC tells`(old: String, new: String, changes: [String]) throws {
        let comparison = FigureComparison(isKeepingEqual: false)
        let found = comparison.changes(from: try yaml(old), to: try yaml(new)).map { key, change in
            let values = [change.old, change.new, change.difference ?? .null]
            return "\(key): " + values.map(\.pythonLiteral).joined(separator: " ")
        }
        #expect(found == changes)
    }

    @Test func `a file that is not there has no values`() throws {
        let comparison = FigureComparison(isKeepingEqual: true)
        let changes = comparison.changes(from: nil, to: try yaml("{a: 1}"))
        #expect(changes.map(\.change.old) == [.null])
        #expect(comparison.changes(from: try yaml("{a: 1}"), to: try yaml("{a: 1}")).count == 1)
    }

    @Test(
        arguments: [
            (["a"], "{a: {b: 1, c: [1, 2]}}"), (["a.b"], "{a: {b: 1}}"),
            (["a.b", "d"], "{a: {b: 1}, d: 4}"), (["a.b", "a.c"], "{a: {b: 1, c: [1, 2]}}"),
            (["a.c.1"], "{a: {c: [null, 2]}}"), (["*.b"], "{a: {b: 1}}"), (["x", "a.x"], "{}"),
        ] as [([String], String)]
    )
    func `keys select values, still nested`(keys: [String], selected: String) throws {
        let value = try yaml("{a: {b: 1, c: [1, 2]}, d: 4}")
        #expect(value.selecting(keys) == (try yaml(selected)))
        #expect(value.selecting([]) == value)
    }

    @Test(
        arguments: [
            (2.675, 2, 2.67), (0.5, 0, 0.0), (1.5, 0, 2.0), (0.123456789, 5, 0.12346),
            (1e22, 3, 1e22),
            (123_456.0, -2, 123_500.0), (-0.0, 2, -0.0), (1e-300, 400, 1e-300), (1.25, 1, 1.2),
            (.infinity, 2, .infinity),
        ] as [(Double, Int, Double)]
    )
    func `floats are rounded as Python rounds`(value: Double, digits: Int, rounded: Double) {
        #expect(PythonRounding.rounded(value, digits: digits) == rounded)
    }

    @Test(
        arguments: [
            ("[1, 2.50, null, true]", "[1, 2.5, None, True]"), ("\"it's\"", "\"it's\""),
            ("\"a\\n'\\\"\\x01é\"", #"'a\n\'"\x01é'"#), ("{a: {1: x}}", "{'a': {1: 'x'}}"),
            ("[.inf, -.inf, .nan, 1e22]", "[inf, -inf, nan, 1e+22]"),
        ]
    )
    func `values are written as Python writes them`(text: String, literal: String) throws {
        #expect(try yaml(text).pythonLiteral == literal)
    }
}
