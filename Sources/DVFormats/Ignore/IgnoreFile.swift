/// The compiled patterns of one `.dvcignore`.
package struct IgnoreFile: Sendable {
    /// As a user would name it, for errors and explanations.
    package let file: String
    private let lines: [(text: String, number: Int)]

    /// Reads an ignore file.
    ///
    /// White space around a pattern does not count; blank lines and lines that start with `#` are skipped.
    package init(parsing bytes: [UInt8], file: String) throws(FormatError) {
        self.file = file
        var lines: [(text: String, number: Int)] = []
        let all = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in all.enumerated() {
            guard let text = String(validating: line, as: UTF8.self) else {
                throw FormatError(file: file, line: index + 1, problem: "text that is not UTF-8")
            }
            let stripped = Self.stripped(text)
            if !stripped.isEmpty, !stripped.hasPrefix("#") { lines.append((stripped, index + 1)) }
        }
        self.lines = lines
        _ = try patterns(isRoot: true)
    }

    init(defaults: [String]) {
        file = ""
        lines = defaults.map { ($0, 0) }
    }

    /// The patterns, compiled for a file in the project's root or below it.
    func patterns(isRoot: Bool) throws(FormatError) -> [IgnorePattern] {
        var patterns: [IgnorePattern] = []
        for (text, number) in lines {
            do {
                if let pattern = try IgnorePattern(text, line: number, isRoot: isRoot) {
                    patterns.append(pattern)
                }
            } catch {
                throw FormatError(
                    file: file,
                    line: number,
                    problem: "\(error.problem): '\(text)'"
                )
            }
        }
        return patterns
    }

    /// Without the white space around it; an escaped space at the end stays.
    private static func stripped(_ line: String) -> String {
        var text = Substring(line)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true {
            if text.hasSuffix("\\ ") { break }
            text.removeLast()
        }
        return String(text)
    }
}
