extension PythonParser {
    /// One statement, or several on a line; those that say parameters are added.
    mutating func statement(into found: inout [PythonStatement]) throws(PythonSyntaxError) {
        if try compound(into: &found) { return }
        repeat {
            if next == .newline { break }
            try simple(into: &found)
        } while take(";")
        guard next == .newline else { throw error("invalid syntax") }
        advance()
    }

    /// `: statements` on the line, or an indented block.
    mutating func block() throws(PythonSyntaxError) -> [PythonStatement] {
        try expect(":")
        var found: [PythonStatement] = []
        guard next == .newline else {
            if isCompound { throw error("invalid syntax") }
            try statement(into: &found)
            return found
        }
        advance()
        guard next == .indent else { throw error("expected an indented block") }
        advance()
        while next != .dedent {
            try nested { (parser) throws(PythonSyntaxError) in try parser.statement(into: &found) }
        }
        advance()
        return found
    }

    // MARK: Simple statements

    private mutating func simple(into found: inout [PythonStatement]) throws(PythonSyntaxError) {
        guard case .name(let word) = next, PythonToken.keywords.contains(word) else {
            return try assignment(into: &found)
        }
        switch word {
        case "pass", "break", "continue": advance()
        case "return":
            advance()
            if next != .newline, next != .symbol(";") { _ = try expressions() }
        case "del":
            advance()
            guard try expressions().isAssignable else { throw error("cannot delete this") }
        case "assert":
            advance()
            _ = try expression()
            if take(",") { _ = try expression() }
        case "raise":
            advance()
            guard next != .newline, next != .symbol(";") else { return }
            _ = try expression()
            if takeKeyword("from") { _ = try expression() }
        case "global", "nonlocal":
            advance()
            repeat { _ = try identifier() } while take(",")
        case "import": try importing()
        case "from": try importingFrom()
        case "yield": try yield()
        default: try assignment(into: &found)
        }
    }

    private static let augmented: Set<String> = [
        "+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**=",
    ]

    private mutating func assignment(
        into found: inout [PythonStatement]
    ) throws(PythonSyntaxError) {
        let start = mark
        let first = try expressions()
        func check(_ target: PythonExpression) throws(PythonSyntaxError) {
            if !target.isAssignable {
                var place = self
                place.mark = start
                throw place.error("cannot assign to this")
            }
        }
        if case .symbol(let symbol) = next, Self.augmented.contains(symbol) {
            try check(first)
            advance()
            _ = try right()
        } else if take(":") {
            try check(first)
            _ = try expression()
            let value = take("=") ? try right().value : nil
            found.append(.assignment(first.target, value))
        } else if next == .symbol("=") {
            var parts = [first]
            while take("=") { parts.append(try right()) }
            for target in parts.dropLast() { try check(target) }
            // Several targets name no parameter.
            if parts.count == 2 { found.append(.assignment(first.target, parts[1].value)) }
        }
    }

    private mutating func right() throws(PythonSyntaxError) -> PythonExpression {
        guard next == .name("yield") else { return try expressions() }
        try yield()
        return .opaque
    }

    private mutating func importing() throws(PythonSyntaxError) {
        advance()
        repeat {
            try dottedName()
            if takeKeyword("as") { _ = try identifier() }
        } while take(",")
    }

    private mutating func dottedName() throws(PythonSyntaxError) {
        repeat { _ = try identifier() } while take(".")
    }

    private mutating func importingFrom() throws(PythonSyntaxError) {
        advance()
        var isRelative = false
        while take(".") || take("...") { isRelative = true }
        if !isRelative || next != .name("import") { try dottedName() }
        try expectKeyword("import")
        if take("*") { return }
        let isOpen = take("(")
        repeat {
            if isOpen, next == .symbol(")") { break }
            _ = try identifier()
            if takeKeyword("as") { _ = try identifier() }
        } while take(",")
        if isOpen { try expect(")") }
    }
}
