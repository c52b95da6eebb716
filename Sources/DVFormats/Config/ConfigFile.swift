/// The text of a configuration file, in the syntax of Python's configobj that DVC uses.
///
/// Editing touches only the lines concerned: comments, order and spelling of everything else survive, where DVC rewrites
/// the whole file. What DVC wrote comes out as DVC would write it.
package struct ConfigFile: Sendable {
    /// One line, or several if a value in triple quotes spans them.
    struct Line: Sendable {
        enum Content: Sendable {
            /// Blank or a comment.
            case trivia
            case section(ConfigSection)
            /// `lead` is the line up to the key's end; `comment` follows the value.
            case option(name: String, value: ConfigValue, lead: String, comment: String)
        }

        var text: String
        var content: Content
    }

    /// As a user would name it.
    package let file: String
    var lines: [Line] = []
    var newline = "\n"
    var isEdited = false

    /// An empty file.
    package init(file: String = "") {
        self.file = file
    }

    /// Reads a file; `file` names it in errors.
    package init(parsing bytes: [UInt8], file: String) throws(FormatError) {
        self.init(file: file)
        var parser = ConfigParser(file: file)
        lines = try parser.parse(bytes)
        newline = parser.newline
        let isBlank = lines.allSatisfy { $0.text.trimmingSpace().isEmpty }
        // What DVC leaves when it removes the last option: a lone line end.
        if isBlank { lines = [] }
    }

    /// The bytes to write.
    package func serialized() -> [UInt8] {
        guard !lines.isEmpty else { return isEdited ? Array(newline.utf8) : [] }
        return Array((lines.map(\.text).joined(separator: newline) + newline).utf8)
    }

    /// In file order.
    package var sections: [ConfigSection] {
        lines.compactMap { if case .section(let section) = $0.content { section } else { nil } }
    }

    package func hasSection(_ section: ConfigSection) -> Bool {
        headerIndex(of: section) != nil
    }

    /// The names of a section's options, in file order.
    package func options(in section: ConfigSection) -> [String] {
        body(of: section).compactMap { optionName(at: $0) }
    }

    package subscript(key: ConfigKey) -> ConfigValue? {
        guard let index = lineIndex(of: key),
            case .option(_, let value, _, _) = lines[index].content
        else { return nil }
        return value
    }

    /// From 1; nil if the option is not set here.
    package func line(of key: ConfigKey) -> Int? {
        lineIndex(of: key).map { lineNumber(at: $0) }
    }

    /// From 1; nil if there is no such section.
    package func line(of section: ConfigSection) -> Int? {
        headerIndex(of: section).map { lineNumber(at: $0) }
    }

    private func lineNumber(at index: Int) -> Int {
        lines[..<index].reduce(1) { $0 + 1 + $1.text.count { $0 == "\n" } }
    }

    func headerIndex(of section: ConfigSection) -> Int? {
        lines.firstIndex {
            if case .section(section) = $0.content { true } else { false }
        }
    }

    /// The lines below the header, up to the next header.
    func body(of section: ConfigSection) -> Range<Int> {
        guard let header = headerIndex(of: section) else { return 0..<0 }
        let end = lines[(header + 1)...].firstIndex {
            if case .section = $0.content { true } else { false }
        }
        return header + 1..<(end ?? lines.count)
    }

    func optionName(at index: Int) -> String? {
        if case .option(let name, _, _, _) = lines[index].content { name } else { nil }
    }

    func lineIndex(of key: ConfigKey) -> Int? {
        body(of: key.section).first { optionName(at: $0) == key.option }
    }
}
