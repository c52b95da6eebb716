/// A table as GitHub's Markdown has it, padded so that it can be read as it is.
package struct MarkdownTable {
    private let table: HeadedTable

    package init(headers: [String], rows: [[String]]) {
        table = HeadedTable(headers: headers, rows: rows)
    }

    package var lines: [String] { table.markdown }
}
