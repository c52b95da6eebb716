import DVFormats
import DVTestSupport
import Testing

/// What files of data are for plots.
@Suite struct PlotContentTests {
    private func data(_ text: String, _ file: String, hasHeader: Bool = true) throws -> DataValue? {
        let content = try PlotContent(
            parsing: Array(text.utf8),
            file: file,
            hasHeader: hasHeader
        )
        guard case .data(let value)? = content else { return nil }
        return value
    }

    static let tables: [(text: String, rows: DataValue)] = [
        ("a,b\n1,2\n", [["a": "1", "b": "2"]]),
        ("a,b\r\n1,2\r\n\r\n3,4", [["a": "1", "b": "2"], ["a": "3", "b": "4"]]),
        ("a,b\n\"x,\"\"y\"\"\",\"1\n2\"\n", [["a": "x,\"y\"", "b": "1\n2"]]),
        ("a,b\n1\n", [["a": "1", "b": .null]]),
        ("a\n1,2,3\n", [["a": "1", "null": ["2", "3"]]]),
        ("a,a\n1,2\n", [["a": "2"]]),
        ("\u{FEFF}a\n1\n", [["a": "1"]]),
        ("a,b\n,\n", [["a": "", "b": ""]]),
    ]

    @Test(arguments: tables)
    func `a table is read as Python's csv module reads it`(text: String, rows: DataValue) throws {
        #expect(try data(text, "t.csv") == rows)
        let tabs = text.replacing(",", with: "\t")
        let values = try data(tabs, "t.tsv")
        #expect((values == nil) == (rows == []))
    }

    @Test func `columns without names are called by their numbers`() throws {
        let rows: DataValue = [["0": "1", "1": "2"], ["0": "3", "1": "4"]]
        #expect(try data("1,2\n3,4\n", "t.csv", hasHeader: false) == rows)
    }

    @Test(arguments: [("", "t.csv"), ("a,b\n", "t.csv"), ("[]", "t.json"), ("", "t.yaml")])
    func `a file without data has none`(text: String, file: String) throws {
        #expect(try data(text, file) == nil)
    }

    @Test(arguments: ["t.txt", "t", ".csv", "t.csv.gz"])
    func `other files are refused by their names`(file: String) {
        #expect(throws: PlotProblem.self) { try data("a\n1\n", file) }
    }

    @Test(arguments: [("{", "t.json"), ("a: [", "t.yaml"), ("= 1", "t.toml")])
    func `text that is not what its name says is an error with a place`(
        text: String,
        file: String
    ) {
        #expect {
            try data(text, file)
        } throws: { error in
            guard case PlotProblem.unparsable(file, let cause) = error else { return false }
            return cause.line != nil
        }
    }

    @Test func `bytes that are no text are an error`() {
        #expect {
            try PlotContent(parsing: [0x61, 0x0A, 0xFF], file: "t.csv", hasHeader: true)
        } throws: { error in
            if case PlotProblem.notUTF8 = error { true } else { false }
        }
    }

    @Test(arguments: [("a.png", "image/png"), ("a.jpeg", "image/jpeg"), ("a.svg", "image/svg+xml")])
    func `images are told by their names`(file: String, type: String) {
        #expect(PlotImage.mediaType(of: file) == type)
        #expect(PlotImage.mediaType(of: type) == nil)
    }
}
