/// Reads what follows the equals sign: a value, quoted or not, or a list with commas, and a comment.
struct ConfigValueParser {
    private let characters: [Character]
    /// Bounds the search that ambiguous quotes need.
    private var steps = 0

    /// Reads the value that starts with `text`; nil if it is malformed.
    ///
    /// `index` is the line after the value's first; a value in triple quotes moves it on.
    static func parse(
        _ text: String,
        following lines: [String],
        at index: inout Int
    ) -> (value: ConfigValue, comment: String)? {
        for quotes in ["\"\"\"", "'''"] where text.hasPrefix(quotes) {
            return tripleQuoted(String(text.dropFirst(3)), quotes, lines, &index)
        }
        var parser = ConfigValueParser(characters: Array(text))
        if parser.characters.first == ",", let comment = parser.comment(from: 1) {
            return (.list([]), comment)
        }
        guard let (items, last, comment) = parser.items(from: 0) else { return nil }
        if items.isEmpty { return (.string(last ?? ""), comment) }
        let all = last.flatMap { $0.isEmpty ? nil : items + [$0] } ?? items
        return (.list(all), comment)
    }

    private init(characters: [Character]) {
        self.characters = characters
    }

    private static func tripleQuoted(
        _ first: String,
        _ quotes: String,
        _ lines: [String],
        _ index: inout Int
    ) -> (value: ConfigValue, comment: String)? {
        var value = ""
        var line = first
        while !line.contains(quotes) {
            guard index < lines.count else { return nil }
            value += line + "\n"
            line = lines[index]
            index += 1
        }
        let characters = Array(line)
        for end in 0...max(0, characters.count - 3) {
            guard String(characters[end..<min(end + 3, characters.count)]) == quotes else {
                continue
            }
            let rest = ConfigValueParser(characters: Array(characters[(end + 3)...]))
            if let comment = rest.comment(from: 0) {
                return (.string(value + String(characters[..<end])), comment)
            }
        }
        return nil
    }

    /// List items as far as possible, then at most one last value, then a comment.
    private mutating func items(
        from start: Int
    ) -> (items: [String], last: String?, comment: String)? {
        steps += 1
        guard steps < 10_000 else { return nil }
        for (item, end) in candidates(from: start, isLast: false) {
            let comma = skipSpace(end)
            guard comma < characters.count, characters[comma] == "," else { continue }
            if let rest = items(from: skipSpace(comma + 1)) {
                return ([item] + rest.items, rest.last, rest.comment)
            }
        }
        for (item, end) in candidates(from: start, isLast: true) {
            if let comment = comment(from: end) { return ([], item, comment) }
        }
        return comment(from: start).map { ([], nil, $0) }
    }

    /// The ways to read one value at `start`, shortest first.
    private func candidates(from start: Int, isLast: Bool) -> [(text: String, end: Int)] {
        guard start < characters.count else { return [] }
        let first = characters[start]
        if first == "\"" || first == "'" {
            return characters.indices[(start + 1)...].filter { characters[$0] == first }
                .map { (String(characters[(start + 1)..<$0]), $0 + 1) }
        }
        guard first != ",", first != "#" else { return [] }
        // An unquoted value ends before a comma, a comment or the white space before those.
        var end = characters[start...].firstIndex { $0 == "," || $0 == "#" } ?? characters.count
        while end > start + 1, characters[end - 1].isWhitespace { end -= 1 }
        return [(String(characters[start..<end]), end)]
    }

    /// What follows a value if it is white space and a comment.
    private func comment(from start: Int) -> String? {
        let rest = skipSpace(start)
        guard rest < characters.count else { return "" }
        return characters[rest] == "#" ? String(characters[rest...]) : nil
    }

    private func skipSpace(_ start: Int) -> Int {
        var index = start
        while index < characters.count, characters[index].isWhitespace { index += 1 }
        return index
    }
}
