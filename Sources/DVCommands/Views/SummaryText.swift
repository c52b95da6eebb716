/// Sentences that count files, in DVC's words.
enum SummaryText {
    static let nothingToDo = "Everything is up to date."

    /// "4 files fetched, 2 files added and 1 file deleted"; `otherwise` when all counts are 0.
    static func files(
        _ counts: [(state: String, count: Int)],
        otherwise: String = nothingToDo
    ) -> String {
        let parts = counts.filter { $0.count > 0 }
            .map { "\($0.count) file\($0.count > 1 ? "s" : "") \($0.state)" }
        guard let last = parts.last else { return otherwise }
        let earlier = parts.dropLast().joined(separator: ", ")
        return earlier.isEmpty ? last : "\(earlier) and \(last)"
    }

    /// `text` cut to `length` characters, the last one an ellipsis.
    static func truncated(_ text: String, to length: Int) -> String {
        text.count > length ? text.prefix(length - 1) + "…" : text
    }

    /// A first column that ends at a multiple of eight, as a tab would make it.
    static func tabbed(_ columns: [String]) -> String {
        var line = ""
        for column in columns.dropLast() {
            line += column
            line += String(repeating: " ", count: 8 - line.count % 8)
        }
        return line + (columns.last ?? "")
    }
}
