import DVTerminal
import Testing

/// Tables and the sizes in them, as DVC's libraries print them.
@Suite struct TableTests {
    @Test(
        arguments: [
            (0, "0"), (1023, "1023"), (1024, "1.00k"), (4096, "4.00k"), (10_240, "10.0k"),
            (102_400, "100k"), (1_023_000, "999k"), (1_023_500, "0.98M"), (1 << 20, "1.00M"),
            (1 << 40, "1.00T"),
        ] as [(Int64, String)]
    )
    func `sizes have three digits`(bytes: Int64, text: String) {
        #expect(Measures.binary(bytes) == text)
    }

    @Test func `a Markdown table is as wide as its cells or headers`() {
        let table = MarkdownTable(headers: ["Status", "Path"], rows: [["added", "data/file"]])
        #expect(
            table.lines == [
                "| Status   | Path      |",
                "|----------|-----------|",
                "| added    | data/file |",
            ]
        )
    }

    @Test func `columns can be aligned to the right`() {
        let table = TextTable([["5", "a"], ["1024", "b"], ["", "c"]], rightAligned: [0])
        #expect(table.lines == ["   5  a", "1024  b", "      c"])
    }

    @Test func `cells of several lines and wide characters keep their columns`() {
        let table = HeadedTable(headers: ["P", "V"], rows: [["日本語", "a\nb"], [" x ", "c"]])
        #expect(table.plain == ["P       V", "日本語  a", "        b", "x       c"])
        #expect(
            table.markdown == [
                "| P      | V   |",
                "|--------|-----|",
                "| 日本語 | a   |",
                "|        | b   |",
                "| x      | c   |",
            ]
        )
    }
}
