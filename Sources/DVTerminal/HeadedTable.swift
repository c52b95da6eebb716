/// A table with headers as DVC prints it: plain columns, or GitHub's Markdown padded so that it can be read as it is.
///
/// A cell may have several lines.
package struct HeadedTable {
    private let headers: [String]
    private let rows: [[String]]
    private let widths: [Int]

    package init(headers: [String], rows: [[String]]) {
        self.headers = headers
        self.rows = rows.map { $0.map(Self.trimmed) }
        widths = headers.indices.map { [rows = self.rows] column in
            // Headers get two columns more than they need, as in DVC.
            let cells = rows.flatMap { Self.lines(of: $0[column]) }
            return max(
                DisplayWidth.of(headers[column]) + 2,
                cells.map { DisplayWidth.of($0) }.max() ?? 0
            )
        }
    }

    /// Columns two spaces apart, no trailing spaces.
    package var plain: [String] {
        ([headers] + rows).flatMap(lines).map { cells in
            Self.droppingTrailingSpace(cells.joined(separator: "  "))
        }
    }

    /// A rule below the headers, and bars around the cells.
    package var markdown: [String] {
        let rule = widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|")
        let body = ([headers] + rows).map { row in
            lines(of: row).map { cells in
                "|" + cells.map { " \($0) " }.joined(separator: "|") + "|"
            }
        }
        return body[0] + ["|\(rule)|"] + body.dropFirst().flatMap(\.self)
    }

    /// Padded cells, one array for each line of the highest cell.
    private func lines(of row: [String]) -> [[String]] {
        let cells = row.map(Self.lines)
        let height = cells.map(\.count).max() ?? 1
        return (0..<height).map { line in
            zip(cells, widths).map { cell, width in
                let text = line < cell.count ? cell[line] : ""
                let space = max(0, width - DisplayWidth.of(text))
                return text + String(repeating: " ", count: space)
            }
        }
    }

    private static func lines(of cell: String) -> [String] {
        cell.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }

    private static func trimmed(_ cell: String) -> String {
        droppingTrailingSpace(String(cell.drop(while: \.isWhitespace)))
    }

    private static func droppingTrailingSpace(_ text: String) -> String {
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(text[...last])
    }
}
