/// Columns of text, each as wide as its widest cell.
package struct TextTable {
    private let rows: [[String]]

    package init(_ rows: [[String]]) {
        self.rows = rows
    }

    /// One line per row; columns two spaces apart, no trailing spaces.
    package var lines: [String] {
        let widths = rows.reduce(into: [Int]()) { widths, row in
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            let last = row.lastIndex { !$0.isEmpty } ?? 0
            let cells = row.prefix(last + 1).enumerated().map { column, cell in
                column == last
                    ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            return cells.joined(separator: "  ")
        }
    }
}
