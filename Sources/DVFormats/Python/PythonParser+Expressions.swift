/// Expressions: any valid one is accepted, literals have values. Which operator binds tighter does not matter here.
extension PythonParser {
    /// One expression, perhaps with `:=`, without commas.
    mutating func expression() throws(PythonSyntaxError) -> PythonExpression {
        try nested { (parser) throws(PythonSyntaxError) in try parser.unguardedExpression() }
    }

    private mutating func unguardedExpression() throws(PythonSyntaxError) -> PythonExpression {
        if takeKeyword("lambda") {
            try parameters(until: ":", areAnnotated: false)
            try expect(":")
            _ = try expression()
            return .opaque
        }
        let first = try operation()
        if case .name = first.target, take(":=") {
            _ = try expression()
            return .opaque
        }
        guard takeKeyword("if") else { return first }
        _ = try operation()
        try expectKeyword("else")
        _ = try expression()
        return .opaque
    }

    /// Operands with operators between them.
    mutating func operation() throws(PythonSyntaxError) -> PythonExpression {
        var result = try operand()
        while takeOperator() {
            _ = try operand()
            result = .opaque
        }
        return result
    }

    private static let operators: Set<String> = [
        "+", "-", "*", "/", "//", "%", "@", "&", "|", "^", "<<", ">>", "**", "<", ">", "<=", ">=",
        "==", "!=",
    ]

    private mutating func takeOperator() -> Bool {
        switch next {
        case .symbol(let symbol) where Self.operators.contains(symbol): advance()
        case .name("and"), .name("or"), .name("in"): advance()
        case .name("is"):
            advance()
            _ = takeKeyword("not")
        case .name("not") where following == .name("in"):
            advance()
            advance()
        default: return false
        }
        return true
    }

    private mutating func operand() throws(PythonSyntaxError) -> PythonExpression {
        if takeKeyword("not") || takeKeyword("await") || take("~") {
            _ = try nested { (parser) throws(PythonSyntaxError) in try parser.operand() }
            return .opaque
        }
        for sign in ["-", "+"] where take(sign) {
            let inner = try nested { (parser) throws(PythonSyntaxError) in try parser.operand() }
            // `-2 ** 2` is no literal, and an operator behind it tells so.
            return PythonExpression(value: inner.value?.signed(isNegative: sign == "-"))
        }
        return try primary()
    }

    /// An atom with calls, positions and attributes behind it.
    mutating func primary() throws(PythonSyntaxError) -> PythonExpression {
        var result = try atom()
        while true {
            if take("(") {
                let isEmptySet = isName(result, "set") && take(")")
                if !isEmptySet { try arguments() }
                result = PythonExpression(value: isEmptySet ? .list([]) : nil)
            } else if take("[") {
                try subscripts()
                result = PythonExpression(target: .other)
            } else if take(".") {
                var base: String?
                if case .name(let name) = result.target { base = name }
                result = PythonExpression(
                    target: .attribute(base: base, name: try identifier())
                )
            } else {
                return result
            }
        }
    }

    private func isName(_ expression: PythonExpression, _ name: String) -> Bool {
        if case .name(name) = expression.target { true } else { false }
    }

    private mutating func atom() throws(PythonSyntaxError) -> PythonExpression {
        switch next {
        case .number(let value):
            advance()
            return PythonExpression(value: value)
        case .string: return PythonExpression(value: strings())
        case .name("None"): return constant(.null)
        case .name("True"): return constant(.bool(true))
        case .name("False"): return constant(.bool(false))
        case .name: return PythonExpression(target: .name(try identifier()))
        case .symbol("..."):
            advance()
            return .opaque
        case .symbol("("): return try parenthesized()
        case .symbol("["): return try list()
        case .symbol("{"): return try braces()
        default: throw error("expected an expression")
        }
    }

    private mutating func constant(_ value: DataValue) -> PythonExpression {
        advance()
        return PythonExpression(value: value)
    }

    /// Neighbouring strings are one.
    private mutating func strings() -> DataValue? {
        var result: String? = ""
        while case .string(let text) = next {
            advance()
            result = text.flatMap { text in result.map { $0 + text } }
        }
        return result.map { .string($0) }
    }
}

extension DataValue {
    /// With a sign before it; nil for what is no number.
    fileprivate func signed(isNegative: Bool) -> DataValue? {
        switch self {
        case .integer(let number):
            return .integer(isNegative ? -number : number)
        case .float(let number): return .float(isNegative ? -number : number)
        case .longInteger(let digits):
            guard isNegative else { return self }
            return .longInteger(digits.hasPrefix("-") ? String(digits.dropFirst()) : "-" + digits)
        default: return nil
        }
    }
}
