/// A row of comma-separated values, as RFC 4180 has it.
package struct CommaSeparatedRow {
    private let cells: [String]

    package init(_ cells: [String]) { self.cells = cells }

    /// Without its line end.
    package var text: String { cells.map(Self.quoted).joined(separator: ",") }

    private static func quoted(_ cell: String) -> String {
        let isPlain = cell.unicodeScalars.allSatisfy { !special.contains($0) }
        return isPlain ? cell : "\"\(cell.replacing("\"", with: "\"\""))\""
    }

    private static let special = Set("\",\n\r".unicodeScalars)
}
