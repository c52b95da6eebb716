/// Cuts a Python file into words; indentation becomes words too.
struct PythonTokenizer {
    var text: [Unicode.Scalar]
    var position = 0
    private(set) var tokens: [PythonToken] = []
    private var line = 1
    private var lineStart = 0
    private var indents = [0]
    private var brackets: [(close: Unicode.Scalar, line: Int, column: Int)] = []

    static func tokens(of text: String) throws(PythonSyntaxError) -> [PythonToken] {
        var tokenizer = PythonTokenizer(text: Array(text.unicodeScalars))
        try tokenizer.run()
        return tokenizer.tokens
    }

    private init(text: [Unicode.Scalar]) {
        self.text = text
        if text.first == "\u{FEFF}" { position = 1 }
    }

    // MARK: Characters

    var next: Unicode.Scalar? { peek(0) }

    func peek(_ distance: Int) -> Unicode.Scalar? {
        position + distance < text.count ? text[position + distance] : nil
    }

    func error(_ problem: String, at place: Int? = nil) -> PythonSyntaxError {
        PythonSyntaxError(
            line: line,
            column: max(1, (place ?? position) - lineStart + 1),
            problem: problem
        )
    }

    mutating func add(_ kind: PythonToken.Kind, from start: Int) {
        tokens.append(PythonToken(kind: kind, line: line, column: max(1, start - lineStart + 1)))
    }

    /// Steps over the end of a line: `\n`, `\r\n` or `\r`.
    mutating func takeLineEnd() {
        if next == "\r", peek(1) == "\n" { position += 1 }
        position += 1
        line += 1
        lineStart = position
    }

    var isAtLineEnd: Bool { next == "\n" || next == "\r" }

    // MARK: Lines

    private mutating func run() throws(PythonSyntaxError) {
        while position < text.count {
            if brackets.isEmpty, position == lineStart || tokens.isEmpty {
                guard try takeIndentation() else { continue }
            }
            try takeWord()
        }
        if let open = brackets.last {
            throw PythonSyntaxError(
                line: open.line,
                column: open.column,
                problem: "the bracket was never closed"
            )
        }
        if let last = tokens.last, last.kind != .newline { add(.newline, from: position) }
        for _ in indents.dropFirst() { add(.dedent, from: position) }
        add(.end, from: position)
    }

    /// False for a line without words, which has none.
    private mutating func takeIndentation() throws(PythonSyntaxError) -> Bool {
        var width = 0
        while let character = next, character == " " || character == "\t" || character == "\u{0C}" {
            width = character == " " ? width + 1 : character == "\t" ? (width / 8 + 1) * 8 : 0
            position += 1
        }
        if next == "#" { skipComment() }
        guard next != nil, !isAtLineEnd else {
            if next != nil { takeLineEnd() }
            return false
        }
        if next == "\\", peek(1) == "\n" || peek(1) == "\r" { return true }
        if width > indents[indents.count - 1] {
            indents.append(width)
            add(.indent, from: position)
        }
        while width < indents[indents.count - 1] {
            indents.removeLast()
            add(.dedent, from: position)
        }
        if width != indents[indents.count - 1] {
            throw error("unindent does not match any outer indentation level")
        }
        return true
    }

    private mutating func skipComment() {
        while next != nil, !isAtLineEnd { position += 1 }
    }

    private mutating func takeWord() throws(PythonSyntaxError) {
        guard let character = next else { return }
        switch character {
        case " ", "\t", "\u{0C}": position += 1
        case "#": skipComment()
        case "\n", "\r":
            if brackets.isEmpty, tokens.last?.kind != .newline { add(.newline, from: position) }
            takeLineEnd()
        case "\\":
            position += 1
            guard isAtLineEnd else { throw error("unexpected character after line continuation") }
            takeLineEnd()
            // A continued line has no indentation of its own.
            while next == " " || next == "\t" { position += 1 }
        case "0"..."9": try takeNumber()
        case "." where peek(1).map { ("0"..."9").contains($0) } == true: try takeNumber()
        case "'", "\"": try takeString(from: position, prefix: "")
        default:
            if character == "_" || character.properties.isXIDStart {
                try takeName()
            } else {
                try takeSymbol()
            }
        }
    }

    private mutating func takeName() throws(PythonSyntaxError) {
        let start = position
        while let character = next, character == "_" || character.properties.isXIDContinue {
            position += 1
        }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: text[start..<position])
        let word = String(name)
        let isPrefix = ["r", "b", "u", "f", "br", "rb", "fr", "rf"].contains(word.lowercased())
        if isPrefix, next == "'" || next == "\"" {
            return try takeString(from: start, prefix: word.lowercased())
        }
        add(.name(word), from: start)
    }

    private mutating func takeSymbol() throws(PythonSyntaxError) {
        for candidates in PythonToken.symbols {
            guard let found = candidates.first(where: { text[position...].starts(with: $0) })
            else { continue }
            try track(found[0], isAlone: found.count == 1)
            var symbol = String.UnicodeScalarView()
            symbol.append(contentsOf: found)
            add(.symbol(String(symbol)), from: position)
            position += found.count
            return
        }
        throw error("invalid character '\(text[position])'")
    }

    private mutating func track(
        _ character: Unicode.Scalar,
        isAlone: Bool
    ) throws(PythonSyntaxError) {
        guard isAlone else { return }
        let closing: [Unicode.Scalar: Unicode.Scalar] = ["(": ")", "[": "]", "{": "}"]
        if let close = closing[character] {
            if brackets.count == 200 { throw error("too many nested brackets") }
            brackets.append((close, line, position - lineStart + 1))
        } else if closing.values.contains(character) {
            guard brackets.popLast()?.close == character else {
                throw error("unmatched '\(character)'")
            }
        }
    }
}
