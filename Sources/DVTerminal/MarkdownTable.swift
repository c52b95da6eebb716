/// A table as GitHub's Markdown has it, padded so that it can be read as it is.
package struct MarkdownTable {
    private let headers: [String]
    private let rows: [[String]]

    package init(headers: [String], rows: [[String]]) {
        self.headers = headers
        self.rows = rows
    }

    package var lines: [String] {
        let widths = headers.indices.map { column in
            // Headers get two columns more than they need, as in DVC.
            max(headers[column].count + 2, rows.map { $0[column].count }.max() ?? 0)
        }
        func line(_ cells: [String]) -> String {
            let padded = zip(cells, widths).map { cell, width in
                " " + cell + String(repeating: " ", count: max(0, width - cell.count)) + " "
            }
            return "|" + padded.joined(separator: "|") + "|"
        }
        let rule = widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|")
        return [line(headers), "|\(rule)|"] + rows.map(line)
    }
}
