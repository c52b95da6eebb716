/// What rclone says of a failure, in one line.
struct RcloneComplaint {
    let text: String

    private static let mostCharacters = 500

    /// The last message in what rclone wrote; some go over many lines, of which the first says what it is about.
    init(in output: String) {
        let lines = output.split(whereSeparator: \.isNewline)
        let start = lines.lastIndex { Self.message(of: $0) != nil } ?? max(0, lines.count - 1)
        let words = lines[start...].map { Self.message(of: $0) ?? $0 }
            .filter { line in line.contains { $0 != "-" && !$0.isWhitespace } }
            .flatMap { $0.split(whereSeparator: \.isWhitespace) }
            .map(Self.withoutQuery)
        let text = words.joined(separator: " ")
        self.text = text.isEmpty ? "rclone ended at once" : String(text.prefix(Self.mostCharacters))
    }

    /// What follows the time that a message begins with; nil if the line goes on with another one.
    private static func message(of line: Substring) -> Substring? {
        let words = line.split(separator: " ", maxSplits: 2)
        let isDated = words.count == 3 && words[0].contains("/") && words[1].contains(":")
        return isDated && words[0].first?.isNumber == true ? words[2] : nil
    }

    /// An address without what stands behind its question mark, which may be a signature.
    private static func withoutQuery(_ word: Substring) -> String {
        guard word.contains("://"), let mark = word.firstIndex(of: "?") else { return String(word) }
        let rest = word[mark...].drop { $0 != "\"" && $0 != "'" }
        return String(word[..<mark] + rest)
    }
}
