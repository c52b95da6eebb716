/// The quoting rules of configobj.
enum ConfigText {
    /// What `set` writes for a value; quotes only where they are needed.
    static func quoted(
        _ value: String,
        key: ConfigKey,
        file: String
    ) throws(FormatError) -> String {
        let text = quoted(value)
        let hasControl = value.unicodeScalars.contains {
            $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0.value == 0x7F
        }
        // Reading back is the proof that nothing is lost: some values have no quoted form.
        var parser = ConfigParser(file: file)
        let lines = try? parser.parse(Array("[x]\nx = \(text)".utf8))
        if !hasControl, lines?.count == 2,
            case .option(_, .string(value), _, _)? = lines?.last?.content
        {
            return text
        }
        throw FormatError(
            file: file,
            key: key.description,
            problem: "value that the file's syntax cannot hold"
        )
    }

    static func quotedHeader(_ header: String) -> String {
        needsQuotes(header) ? simplyQuoted(header) : header
    }

    private static func quoted(_ value: String) -> String {
        if value.isEmpty { return "\"\"" }
        if value.contains("\n") || (value.contains("'") && value.contains("\"")) {
            let quotes = value.contains("'''") ? "\"\"\"" : "'''"
            return quotes + value + quotes
        }
        return needsQuotes(value) ? simplyQuoted(value) : value
    }

    private static func needsQuotes(_ text: String) -> Bool {
        let special: Set<Unicode.Scalar> = [" ", "\r", "\n", "\u{B}", "\t", "'", "\""]
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
            return true
        }
        return special.contains(first) || special.contains(last) || text.contains(",")
            || text.contains("#")
    }

    private static func simplyQuoted(_ text: String) -> String {
        text.contains("\"") ? "'\(text)'" : "\"\(text)\""
    }
}
