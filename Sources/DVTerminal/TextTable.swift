/// Columns of text, each as wide as its widest cell.
package struct TextTable {
    private let rows: [[String]]
    private let rightAligned: Set<Int>

    /// Columns are aligned to the left unless they are `rightAligned`.
    package init(_ rows: [[String]], rightAligned: Set<Int> = []) {
        self.rows = rows
        self.rightAligned = rightAligned
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
                let space = String(repeating: " ", count: widths[column] - cell.count)
                if rightAligned.contains(column) { return space + cell }
                return column == last ? cell : cell + space
            }
            return cells.joined(separator: "  ")
        }
    }
}
