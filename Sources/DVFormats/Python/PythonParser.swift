/// Reads the words of a Python file: checks them as Python 3 does, and keeps what says parameters.
struct PythonParser {
    private let tokens: [PythonToken]
    private var position = 0
    private var depth = 0
    private static let maximumDepth = 250

    init(_ tokens: [PythonToken]) { self.tokens = tokens }

    mutating func module() throws(PythonSyntaxError) -> [PythonStatement] {
        var statements: [PythonStatement] = []
        while next != .end { try statement(into: &statements) }
        return statements
    }

    // MARK: Words

    var next: PythonToken.Kind { tokens[min(position, tokens.count - 1)].kind }

    var following: PythonToken.Kind { tokens[min(position + 1, tokens.count - 1)].kind }

    mutating func advance() { position += 1 }

    /// Where a reading may start again.
    var mark: Int {
        get { position }
        set { position = newValue }
    }

    mutating func take(_ symbol: String) -> Bool {
        guard next == .symbol(symbol) else { return false }
        position += 1
        return true
    }

    mutating func takeKeyword(_ word: String) -> Bool {
        guard next == .name(word) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ symbol: String) throws(PythonSyntaxError) {
        if !take(symbol) { throw error("expected '\(symbol)'") }
    }

    mutating func expectKeyword(_ word: String) throws(PythonSyntaxError) {
        if !takeKeyword(word) { throw error("expected '\(word)'") }
    }

    /// A name that is no keyword.
    mutating func identifier() throws(PythonSyntaxError) -> String {
        guard case .name(let name) = next, !PythonToken.keywords.contains(name) else {
            throw error("expected a name")
        }
        position += 1
        return name
    }

    func error(_ problem: String) -> PythonSyntaxError {
        let token = tokens[min(position, tokens.count - 1)]
        let found: String
        switch token.kind {
        case .name(let name): found = "'\(name)'"
        case .symbol(let symbol): found = "'\(symbol)'"
        case .number: found = "a number"
        case .string: found = "a string"
        case .newline: found = "the end of the line"
        case .indent, .dedent: found = "another indentation"
        case .end: found = "the end of the file"
        }
        return PythonSyntaxError(
            line: token.line,
            column: token.column,
            problem: "\(problem), found \(found)"
        )
    }

    /// Guards against files that are nested without end.
    mutating func nested<Value>(
        _ body: (inout PythonParser) throws(PythonSyntaxError) -> Value
    ) throws(PythonSyntaxError) -> Value {
        guard depth < Self.maximumDepth else { throw error("too deeply nested") }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }
}
