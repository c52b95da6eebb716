/// The three ways of writing a scalar, folded where DVC's printer folds.
extension YAMLEmitter {
    mutating func writePlain(_ text: String, isSplit: Bool) {
        if text.isEmpty { return }
        if !whitespace { write(" ") }
        whitespace = false
        indention = false
        if column + text.utf8.count <= Self.width {
            write(text)
            return
        }
        let scalars = Array(text.unicodeScalars)
        var start = 0
        var spaces = false
        for end in 0...scalars.count {
            let next = end < scalars.count ? scalars[end] : nil
            if spaces {
                if next != " " {
                    if start + 1 == end, column >= Self.width, isSplit {
                        foldLine()
                    } else {
                        write(scalars[start..<end])
                    }
                    start = end
                }
            } else if next == nil || next == " " {
                // A word longer than a line gets a line of its own.
                if end - start + column > Self.width, column > indent { writeIndent() }
                write(scalars[start..<end])
                start = end
            }
            spaces = next == " "
        }
    }

    private mutating func foldLine() {
        writeIndent()
        whitespace = false
        indention = false
    }

    mutating func writeSingleQuoted(_ text: String, isSplit: Bool) {
        indicator("'", needsBlank: true)
        let scalars = Array(text.unicodeScalars)
        var start = 0
        var spaces = false
        var breaks = false
        for end in 0...scalars.count {
            let next = end < scalars.count ? scalars[end] : nil
            if spaces {
                if next != " " {
                    let isInside = start != 0 && end != scalars.count
                    if start + 1 == end, column > Self.width, isSplit, isInside {
                        writeIndent()
                    } else {
                        write(scalars[start..<end])
                    }
                    start = end
                }
            } else if breaks {
                if !(next.map(YAMLScalarStyle.isBreak) ?? false) {
                    writeBreaks(scalars[start..<end])
                    start = end
                }
            } else if next.map({ $0 == " " || $0 == "'" || YAMLScalarStyle.isBreak($0) }) ?? true {
                write(scalars[start..<end])
                start = end
            }
            if next == "'" {
                write("''")
                start = end + 1
            }
            spaces = next == " "
            breaks = next.map(YAMLScalarStyle.isBreak) ?? false
        }
        indicator("'", needsBlank: false)
    }

    private mutating func writeBreaks(_ breaks: ArraySlice<Unicode.Scalar>) {
        if breaks.first == "\n" { writeBreak() }
        for character in breaks { writeBreak(character) }
        writeIndent()
    }

    mutating func writeDoubleQuoted(_ text: String, isSplit: Bool) {
        indicator("\"", needsBlank: true)
        let scalars = Array(text.unicodeScalars)
        var start = 0
        for end in 0...scalars.count {
            let next = end < scalars.count ? scalars[end] : nil
            if next.map(YAMLScalarStyle.needsEscape) ?? true {
                if start < end {
                    write(scalars[start..<end])
                    start = end
                }
                if let next {
                    write(YAMLScalarStyle.escape(next))
                    start = end + 1
                }
            }
            let isInside = end > 0 && end < scalars.count - 1
            if isSplit, isInside, next == " " || start >= end,
                column + end - start > Self.width
            {
                start = foldDoubleQuoted(scalars, start: start, end: end)
            }
        }
        indicator("\"", needsBlank: false)
    }

    /// Breaks the line at `end`, where a backslash keeps the blanks.
    ///
    /// Returns the first character that is not yet written.
    private mutating func foldDoubleQuoted(
        _ scalars: [Unicode.Scalar],
        start: Int,
        end: Int
    ) -> Int {
        var start = start
        let needsBackslash = needsBackslash(scalars, start: start, end: end)
        if start < end { write(scalars[start..<end]) }
        if needsBackslash { write("\\") }
        start = max(start, end)
        foldLine()
        if scalars[start] == " " {
            if needsBackslash { write("\\") } else { start += 1 }
        }
        return start
    }

    private func needsBackslash(_ scalars: [Unicode.Scalar], start: Int, end: Int) -> Bool {
        guard let space = scalars[end...].firstIndex(of: " ") else { return true }
        if let lineBreak = scalars[end..<space].firstIndex(of: "\n") {
            _ = lineBreak
            return true
        }
        guard space + 1 < scalars.count, start != end else { return true }
        let hasQuote = scalars[end..<space].contains { $0 == "\"" || $0 == "'" }
        let after = scalars[space + 1]
        let isDoubleBlank = scalars[end - 1] == " " && scalars[end] == " "
        return hasQuote || after == " " || after == "\n" || isDoubleBlank
    }
}
