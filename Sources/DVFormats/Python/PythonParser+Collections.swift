/// What stands in brackets.
extension PythonParser {
    /// Expressions with commas between them, `*x` among them; the value of several is a list.
    ///
    /// `closing` may follow a comma.
    mutating func expressions(until closing: [String] = []) throws(PythonSyntaxError)
        -> PythonExpression
    {
        var items: [PythonExpression] = []
        var hasComma = false
        repeat {
            if !items.isEmpty, isAtEnd(closing) { break }
            items.append(try starred())
            hasComma = take(",")
        } while hasComma
        if items.count == 1, !hasComma { return items[0] }
        return tuple(items)
    }

    private func isAtEnd(_ closing: [String]) -> Bool {
        switch next {
        case .symbol(let symbol): closing.contains(symbol) || ["=", ":", ";"].contains(symbol)
        case .newline, .end, .dedent: true
        case .name("in"): true
        default: false
        }
    }

    private func tuple(_ items: [PythonExpression]) -> PythonExpression {
        PythonExpression(
            value: values(items),
            target: items.allSatisfy(\.isAssignable) ? .other : .none
        )
    }

    private func values(_ items: [PythonExpression]) -> DataValue? {
        var values: [DataValue] = []
        for item in items {
            guard let value = item.value else { return nil }
            values.append(value)
        }
        return .list(values)
    }

    private mutating func starred() throws(PythonSyntaxError) -> PythonExpression {
        guard take("*") else { return try expression() }
        let inner = try operation()
        return PythonExpression(target: inner.isAssignable ? .other : .none)
    }

    mutating func parenthesized() throws(PythonSyntaxError) -> PythonExpression {
        try expect("(")
        if take(")") { return PythonExpression(value: .list([]), target: .other) }
        if next == .name("yield") {
            try yield()
            try expect(")")
            return .opaque
        }
        let inner = try expressions(until: [")"])
        let isGenerator = try comprehension()
        try expect(")")
        return isGenerator ? .opaque : inner
    }

    mutating func list() throws(PythonSyntaxError) -> PythonExpression {
        try expect("[")
        var items: [PythonExpression] = []
        var isComprehension = false
        while next != .symbol("]"), !isComprehension {
            items.append(try starred())
            if items.count == 1 { isComprehension = try comprehension() }
            guard take(",") else { break }
        }
        try expect("]")
        return isComprehension ? .opaque : tuple(items)
    }

    /// A mapping or a set.
    mutating func braces() throws(PythonSyntaxError) -> PythonExpression {
        try expect("{")
        if take("}") { return PythonExpression(value: .mapping([])) }
        var keys: [PythonExpression] = []
        var values: [PythonExpression] = []
        var isMapping: Bool?
        while next != .symbol("}") {
            if take("**") {
                _ = try operation()
                keys.append(.opaque)
                values.append(.opaque)
                isMapping = true
            } else {
                keys.append(try starred())
                let hasValue = take(":")
                guard isMapping ?? hasValue == hasValue else { throw error("expected ':'") }
                isMapping = hasValue
                if hasValue { values.append(try expression()) }
            }
            if keys.count == 1, try comprehension() {
                try expect("}")
                return .opaque
            }
            guard take(",") else { break }
        }
        try expect("}")
        guard isMapping == true else { return PythonExpression(value: self.values(keys)) }
        return PythonExpression(value: mapping(keys, values))
    }

    /// Of equal keys the first place and the last value count.
    private func mapping(_ keys: [PythonExpression], _ values: [PythonExpression]) -> DataValue? {
        var pairs: [(key: DataValue, value: DataValue)] = []
        var places: [DataValue: Int] = [:]
        for (key, value) in zip(keys, values) {
            guard let key = key.value, let value = value.value else { return nil }
            if let place = places[key] {
                pairs[place].value = value
            } else {
                places[key] = pairs.count
                pairs.append((key, value))
            }
        }
        var plain: [(key: String, value: DataValue)] = []
        for pair in pairs {
            guard case .string(let key) = pair.key else { return .keyedMapping(pairs) }
            plain.append((key, pair.value))
        }
        return .mapping(plain)
    }

    // MARK: Parts

    /// `for x in y if z`, as often as it comes; false if there is none.
    mutating func comprehension() throws(PythonSyntaxError) -> Bool {
        var isFound = false
        while next == .name("for") || next == .name("async") {
            _ = takeKeyword("async")
            try expectKeyword("for")
            try loopTargets()
            try expectKeyword("in")
            _ = try operation()
            while takeKeyword("if") { _ = try operation() }
            isFound = true
        }
        return isFound
    }

    /// What `for` assigns to.
    mutating func loopTargets() throws(PythonSyntaxError) {
        repeat {
            if next == .name("in") { return }
            _ = take("*")
            guard try primary().isAssignable else { throw error("cannot assign to this") }
        } while take(",")
    }

    /// Behind the bracket that opens a call, up to the one that closes it.
    mutating func arguments() throws(PythonSyntaxError) {
        while next != .symbol(")") {
            if take("*") || take("**") {
                _ = try expression()
            } else if case .name = next, following == .symbol("=") {
                _ = try identifier()
                advance()
                _ = try expression()
            } else {
                _ = try expression()
                _ = try comprehension()
            }
            guard take(",") else { break }
        }
        try expect(")")
    }

    mutating func subscripts() throws(PythonSyntaxError) {
        repeat {
            if next == .symbol("]") { break }
            if next != .symbol(":") { _ = try starred() }
            while take(":") {
                if ![.symbol(":"), .symbol("]"), .symbol(",")].contains(next) {
                    _ = try expression()
                }
            }
        } while take(",")
        try expect("]")
    }

    /// Parameters of a function or lambda, up to `closing`.
    mutating func parameters(
        until closing: String,
        areAnnotated: Bool
    ) throws(PythonSyntaxError) {
        while next != .symbol(closing) {
            if !take("/") {
                let isStarred = take("*")
                if isStarred || take("**") {
                    if next == .symbol(","), isStarred {
                        advance()
                        continue
                    }
                }
                _ = try identifier()
                if areAnnotated, take(":") { _ = try starred() }
                if take("=") { _ = try expression() }
            }
            guard take(",") else { return }
        }
    }

    mutating func yield() throws(PythonSyntaxError) {
        try expectKeyword("yield")
        if takeKeyword("from") {
            _ = try expression()
        } else if !isAtEnd([")"]) {
            _ = try expressions(until: [")"])
        }
    }
}
