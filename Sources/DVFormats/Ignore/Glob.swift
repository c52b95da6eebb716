/// A pattern for one component of a path: `*`, `?`, `[a-z]`, `[!a]`, backslash escapes.
///
/// Names are compared by code points, as Python decodes them.
struct Glob: Sendable {
    private enum Token: Sendable {
        case character(UInt32)
        case anyCharacter
        case star
        case set(CharacterSet)
    }

    private struct CharacterSet: Sendable {
        var isNegated: Bool
        var ranges: [ClosedRange<UInt32>]

        func contains(_ value: UInt32) -> Bool {
            ranges.contains { $0.contains(value) } != isNegated
        }
    }

    private let tokens: [Token]
    /// The name, if it is the only one that matches.
    let literal: [UInt8]?
    /// For `*.log` and its like: how every matching name ends.
    private let suffix: [UInt8]?

    /// Matches every name.
    var isStar: Bool {
        if tokens.count == 1, case .star = tokens[0] { true } else { false }
    }

    /// Nil if a range has no end.
    init?(_ pattern: String) throws(IgnorePatternProblem) {
        let characters = Array(pattern.unicodeScalars)
        var tokens: [Token] = []
        var literal: String.UnicodeScalarView? = .init()
        var index = 0
        while index < characters.count {
            let character = characters[index]
            index += 1
            switch character {
            case "*":
                if case .star = tokens.last { continue }
                tokens.append(.star)
                literal = nil
            case "?":
                tokens.append(.anyCharacter)
                literal = nil
            case "[":
                guard let set = try Self.set(characters, &index) else { return nil }
                tokens.append(.set(set))
                literal = nil
            case "\\":
                guard index < characters.count else {
                    throw IgnorePatternProblem(problem: "pattern that ends with a backslash")
                }
                tokens.append(.character(characters[index].value))
                literal?.append(characters[index])
                index += 1
            default:
                tokens.append(.character(character.value))
                literal?.append(character)
            }
        }
        self.tokens = tokens
        self.literal = literal.map { Array(String($0).utf8) }
        suffix = Self.suffix(of: tokens)
    }

    private static func suffix(of tokens: [Token]) -> [UInt8]? {
        guard tokens.count > 1, case .star = tokens[0] else { return nil }
        var text = String.UnicodeScalarView()
        for token in tokens.dropFirst() {
            guard case .character(let value) = token, let scalar = Unicode.Scalar(value) else {
                return nil
            }
            text.append(scalar)
        }
        return Array(String(text).utf8)
    }

    /// Reads what follows `[`.
    ///
    /// A backslash stands for itself; POSIX classes are not known.
    private static func set(
        _ characters: [Unicode.Scalar],
        _ index: inout Int
    ) throws(IgnorePatternProblem) -> CharacterSet? {
        var start = index
        var isNegated = false
        if start < characters.count, characters[start] == "!" || characters[start] == "^" {
            isNegated = true
            start += 1
        }
        guard start < characters.count,
            let end = characters[(start + 1)...].firstIndex(of: "]")
        else { return nil }
        var set = CharacterSet(isNegated: isNegated, ranges: [])
        var next = start
        while next < end {
            let first = characters[next].value
            if next + 2 < end, characters[next + 1] == "-" {
                let last = characters[next + 2].value
                guard first <= last else {
                    throw IgnorePatternProblem(problem: "range in the wrong order")
                }
                set.ranges.append(first...last)
                next += 3
            } else {
                set.ranges.append(first...first)
                next += 1
            }
        }
        index = end + 1
        return set
    }

    func matches(_ name: UnsafeRawBufferPointer) -> Bool {
        if let suffix {
            guard name.count >= suffix.count, name.last == suffix.last else { return false }
            let tail = UnsafeRawBufferPointer(rebasing: name[(name.count - suffix.count)...])
            return suffix.withUnsafeBytes { PythonText.commonPrefix($0, tail) } == suffix.count
        }
        return matchesTokens(name)
    }

    /// On a mismatch the last star takes one more character, so the cost is at most the product of the lengths.
    private func matchesTokens(_ name: UnsafeRawBufferPointer) -> Bool {
        var (token, index) = (0, 0)
        var retry: (token: Int, index: Int)?
        while true {
            if token < tokens.count, case .star = tokens[token] {
                token += 1
                if token == tokens.count { return true }
                retry = (token, index)
                continue
            }
            if index == name.count {
                return token == tokens.count
            }
            if token < tokens.count {
                let next = PythonText.scalar(in: name, at: index)
                if matches(tokens[token], next.value) {
                    token += 1
                    index += next.length
                    continue
                }
            }
            guard let last = retry else { return false }
            index = last.index + PythonText.scalar(in: name, at: last.index).length
            token = last.token
            retry = (token, index)
        }
    }

    @inline(__always)
    private func matches(_ token: Token, _ value: UInt32) -> Bool {
        switch token {
        case .character(let expected): value == expected
        case .anyCharacter: true
        case .star: false
        case .set(let set): set.contains(value)
        }
    }
}
