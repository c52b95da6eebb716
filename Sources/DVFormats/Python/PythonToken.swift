/// A word of a Python file.
struct PythonToken {
    enum Kind: Equatable {
        /// A name or keyword.
        case name(String)
        /// Nil for a complex number, which no parameter file can hold.
        case number(DataValue?)
        /// Nil for bytes and f-strings.
        case string(String?)
        case symbol(String)
        case newline, indent, dedent, end
    }

    let kind: Kind
    let line: Int
    let column: Int

    static let keywords: Set<String> = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class",
        "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
        "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return",
        "try", "while", "with", "yield",
    ]

    /// Longest first.
    static let symbols: [[[Unicode.Scalar]]] = [
        ["**=", "//=", ">>=", "<<=", "..."],
        [
            "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=", "%=",
            "&=",
            "|=", "^=", "@=", ":=",
        ],
        [
            "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "(", ")", "[", "]", "{",
            "}",
            ",", ":", ".", ";", "=",
        ],
    ]
    .map { $0.map { Array($0.unicodeScalars) } }
}

/// Where a Python file breaks the rules of the language, and how.
struct PythonSyntaxError: Error {
    let line: Int
    let column: Int
    let problem: String
}
