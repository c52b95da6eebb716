/// Statements with blocks.
extension PythonParser {
    private static let keywords: Set<String> = [
        "if", "while", "for", "try", "with", "def", "class", "async",
    ]

    var isCompound: Bool {
        switch next {
        case .symbol("@"): true
        case .name(let word): Self.keywords.contains(word)
        default: false
        }
    }

    /// False if the next statement has no block.
    mutating func compound(into found: inout [PythonStatement]) throws(PythonSyntaxError) -> Bool {
        guard case .name(let word) = next else {
            guard next == .symbol("@") else { return false }
            try decorated(into: &found)
            return true
        }
        switch word {
        case "if", "while": try conditional()
        case "for": try loop()
        case "try": try attempt()
        case "with": try with()
        case "class": found.append(try type())
        case "def":
            let (name, body) = try function()
            if name == "__init__" { found.append(.initializer(body)) }
        case "async":
            advance()
            switch next {
            case .name("for"): try loop()
            case .name("with"): try with()
            default: _ = try function()
            }
        case "match": return try match()
        default: return false
        }
        return true
    }

    private mutating func decorated(into found: inout [PythonStatement]) throws(PythonSyntaxError) {
        while take("@") {
            _ = try expression()
            guard next == .newline else { throw error("invalid syntax") }
            advance()
        }
        guard next == .name("def") || next == .name("class") || next == .name("async") else {
            throw error("expected a function or class")
        }
        _ = try compound(into: &found)
    }

    private mutating func conditional() throws(PythonSyntaxError) {
        advance()
        _ = try expression()
        _ = try block()
        while takeKeyword("elif") {
            _ = try expression()
            _ = try block()
        }
        if takeKeyword("else") { _ = try block() }
    }

    private mutating func loop() throws(PythonSyntaxError) {
        try expectKeyword("for")
        try loopTargets()
        try expectKeyword("in")
        _ = try expressions()
        _ = try block()
        if takeKeyword("else") { _ = try block() }
    }

    private mutating func attempt() throws(PythonSyntaxError) {
        advance()
        _ = try block()
        var isComplete = false
        while takeKeyword("except") {
            _ = take("*")
            if next != .symbol(":") {
                _ = try expression()
                if takeKeyword("as") { _ = try identifier() }
            }
            _ = try block()
            isComplete = true
        }
        if isComplete, takeKeyword("else") { _ = try block() }
        if takeKeyword("finally") {
            _ = try block()
            isComplete = true
        }
        if !isComplete { throw error("expected 'except' or 'finally' block") }
    }

    private mutating func with() throws(PythonSyntaxError) {
        try expectKeyword("with")
        let start = mark
        // Brackets may be around the items or belong to the first.
        if take("("), (try? withItems(until: ")")) != nil, take(")"), next == .symbol(":") {
            _ = try block()
            return
        }
        mark = start
        try withItems(until: ":")
        _ = try block()
    }

    private mutating func withItems(until closing: String) throws(PythonSyntaxError) {
        repeat {
            if next == .symbol(closing) { return }
            _ = try expression()
            if takeKeyword("as"), try !primary().isAssignable {
                throw error("cannot assign to this")
            }
        } while take(",")
    }

    private mutating func type() throws(PythonSyntaxError) -> PythonStatement {
        advance()
        let name = try identifier()
        if take("(") { try arguments() }
        return .type(name: name, body: try block())
    }

    private mutating func function() throws(PythonSyntaxError) -> (
        name: String, body: [PythonStatement]
    ) {
        try expectKeyword("def")
        let name = try identifier()
        try expect("(")
        try parameters(until: ")", areAnnotated: true)
        try expect(")")
        if take("->") { _ = try expression() }
        return (name, try block())
    }

    // MARK: match

    /// `match` is a keyword only if a subject, a colon and a block follow it.
    private mutating func match() throws(PythonSyntaxError) -> Bool {
        let start = mark
        advance()
        guard (try? expressions(until: [":"])) != nil, take(":"), next == .newline,
            following == .indent
        else {
            mark = start
            return false
        }
        advance()
        advance()
        while next != .dedent {
            try expectKeyword("case")
            try pattern()
            if takeKeyword("if") { _ = try expression() }
            _ = try block()
        }
        advance()
        return true
    }

    /// Taken as it is: all that can stand there is in balanced brackets, and says no parameters.
    private mutating func pattern() throws(PythonSyntaxError) {
        var depth = 0
        while depth > 0 || next != .symbol(":") && next != .name("if") {
            switch next {
            case .symbol("("), .symbol("["), .symbol("{"): depth += 1
            case .symbol(")"), .symbol("]"), .symbol("}"): depth -= 1
            case .newline, .end: throw error("expected ':'")
            default: break
            }
            advance()
        }
    }
}
