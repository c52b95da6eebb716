/// Reads the lines of a configuration file.
struct ConfigParser {
    private let file: String
    private(set) var newline = "\n"
    private var section: ConfigSection?
    private var sections: Set<ConfigSection> = []
    private var options: Set<String> = []

    init(file: String) {
        self.file = file
    }

    mutating func parse(_ bytes: [UInt8]) throws(FormatError) -> [ConfigFile.Line] {
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw FormatError(file: file, problem: "text that is not UTF-8")
        }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        if text.contains("\r\n") {
            newline = "\r\n"
            text = text.split(separator: "\r\n", omittingEmptySubsequences: false)
                .joined(separator: "\n")
        }
        var input = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if input.last?.isEmpty == true { input.removeLast() }
        var lines: [ConfigFile.Line] = []
        var index = 0
        while index < input.count {
            let start = index
            let content = try content(of: input, at: &index)
            let text = input[start..<index].joined(separator: "\n")
            lines.append(ConfigFile.Line(text: text, content: content))
        }
        return lines
    }

    /// Reads the line at `index` and, of a value that goes on, the following; moves `index` behind them.
    private mutating func content(
        of lines: [String],
        at index: inout Int
    ) throws(FormatError) -> ConfigFile.Line.Content {
        let line = lines[index]
        let number = index + 1
        index += 1
        let stripped = line.trimmingSpace()
        if stripped.isEmpty || stripped.hasPrefix("#") { return .trivia }
        if let header = ConfigHeader(stripped) {
            return .section(try enter(header, line: number))
        }
        guard let (lead, key, rest) = Self.splitOption(line) else {
            throw error(number, "expected '[section]' or 'option = value'")
        }
        guard let section else {
            throw error(number, "option '\(key)' before the first section")
        }
        let name = key.lowercased()
        guard options.insert(name).inserted else {
            throw error(number, "option '\(key)' given twice", key: ConfigKey(section, name))
        }
        guard let value = ConfigValueParser.parse(rest, following: lines, at: &index) else {
            throw error(number, "value with wrong quotes or commas", key: ConfigKey(section, name))
        }
        return .option(name: name, value: value.value, lead: lead, comment: value.comment)
    }

    private mutating func enter(
        _ header: ConfigHeader,
        line: Int
    ) throws(FormatError) -> ConfigSection {
        guard header.depth == 1, header.isBalanced else {
            throw error(line, "expected one '[' and one ']' around a section's name")
        }
        let section = ConfigSection(header: header.name)
        guard sections.insert(section).inserted else {
            throw error(line, "section '\(section.text)' given twice")
        }
        self.section = section
        options = []
        return section
    }

    private func error(_ line: Int, _ problem: String, key: ConfigKey? = nil) -> FormatError {
        FormatError(file: file, line: line, key: key?.description, problem: problem)
    }

    /// The line up to the key's end, the key without quotes, and what follows the equals sign.
    private static func splitOption(
        _ line: String
    ) -> (lead: String, key: String, rest: String)? {
        let start = line.firstIndex { !$0.isWhitespace } ?? line.startIndex
        let quote = line[start]
        var search = line.index(after: start)
        if quote == "=" { return nil }
        while let equals = line[search...].firstIndex(of: "=") {
            var end = equals
            while end > start, line[line.index(before: end)].isWhitespace {
                end = line.index(before: end)
            }
            let key = line[start..<end]
            let rest = line[line.index(after: equals)...].trimmingSpace()
            if quote != "'" && quote != "\"" { return (String(line[..<end]), String(key), rest) }
            if key.count > 1, key.last == quote {
                return (String(line[..<end]), String(key.dropFirst().dropLast()), rest)
            }
            search = line.index(after: equals)
        }
        return nil
    }
}

/// A line with a section's name in brackets.
struct ConfigHeader {
    let name: String
    let depth: Int
    let isBalanced: Bool

    /// Nil if `line`, without the white space around it, is no such line.
    init?(_ line: String) {
        let characters = Array(line)
        var start = 0
        var depth = 0
        while start < characters.count, characters[start] == "[" || characters[start].isWhitespace {
            if characters[start] == "[" { depth += 1 }
            start += 1
        }
        guard depth > 0, start < characters.count else { return nil }
        let quote: Character? = "'\"".contains(characters[start]) ? characters[start] : nil
        for end in (start + 1)..<max(start + 1, characters.count) {
            if let quote, end < start + 3 || characters[end - 1] != quote { continue }
            guard let closing = Self.closing(characters[end...]) else { continue }
            let name = String(characters[start..<end])
            self.name = quote == nil ? name : String(name.dropFirst().dropLast())
            self.depth = depth
            isBalanced = closing == depth
            return
        }
        return nil
    }

    /// The number of closing brackets, if nothing but white space and a comment surrounds them.
    private static func closing(_ rest: ArraySlice<Character>) -> Int? {
        let text = rest.drop { $0 == "]" || $0.isWhitespace }
        guard text.isEmpty || text.first == "#" else { return nil }
        let count = rest[..<text.startIndex].count { $0 == "]" }
        return count > 0 ? count : nil
    }
}
