/// How a scalar has to be written, and its text.
enum YAMLScalarStyle {
    case plain(String)
    case singleQuoted(String)
    case doubleQuoted(String)

    init(of value: DataValue, isSimpleKey: Bool = false, isFlow: Bool = false) {
        switch value {
        case .null: self = .plain(isSimpleKey ? "null" : "")
        case .bool(let flag): self = .plain(flag ? "true" : "false")
        case .integer(let number): self = .plain(String(number))
        case .longInteger(let digits): self = .plain(digits)
        case .float(let number): self = .plain(PythonFloat.text(number))
        case .timestamp(let text): self = .plain(text)
        case .string(let text): self.init(string: text, isSimpleKey: isSimpleKey, isFlow: isFlow)
        case .list, .mapping, .keyedMapping: self = .plain("")
        }
    }

    private init(string text: String, isSimpleKey: Bool, isFlow: Bool) {
        let form = Form(text)
        let isSafe = !isFlow || !text.unicodeScalars.contains(where: Self.flowIndicators.contains)
        if form.allowsPlain, isSafe, YAMLScalar.isString(text) {
            self = .plain(text)
        } else if form.hasQuoteOrNewline || !form.allowsSingleQuoted
            || (isSimpleKey && form.isMultiline)
        {
            self = .doubleQuoted(text)
        } else {
            self = .singleQuoted(text)
        }
    }

    /// What has a meaning between brackets.
    private static let flowIndicators = Set(",?[]{}:".unicodeScalars)

    /// On one line.
    var flowText: String {
        switch self {
        case .plain(let text): text
        case .singleQuoted(let text): "'" + text.replacing("'", with: "''") + "'"
        case .doubleQuoted(let text):
            "\""
                + text.unicodeScalars.map { Self.needsEscape($0) ? Self.escape($0) : String($0) }
                .joined() + "\""
        }
    }

    static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        isBreak(scalar) || scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\0"
    }

    /// Neither ASCII that can be seen nor text beyond it.
    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xFEFF: true
        case 0x20...0x7E, 0x0A, 0x85: false
        case 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: false
        default: true
        }
    }

    static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "\\", "\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}": true
        case " "..."~": false
        default: scalar.value < 0xA0 || (0xFFFE...0xFFFF).contains(scalar.value)
        }
    }

    private static let shortEscapes: [Unicode.Scalar: String] = [
        "\0": "\\0", "\u{07}": "\\a", "\u{08}": "\\b", "\t": "\\t", "\n": "\\n",
        "\u{0B}": "\\v", "\u{0C}": "\\f", "\r": "\\r", "\u{1B}": "\\e", "\"": "\\\"",
        "\\": "\\\\", "\u{85}": "\\N", "\u{A0}": "\\_", "\u{2028}": "\\L", "\u{2029}": "\\P",
    ]

    static func escape(_ scalar: Unicode.Scalar) -> String {
        if let short = shortEscapes[scalar] { return short }
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) =
            scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
        return "\\\(letter)" + String(repeating: "0", count: width - hex.count) + hex
    }

    /// What the characters of a text allow.
    private struct Form {
        private(set) var allowsPlain = false
        private(set) var allowsSingleQuoted = true
        private(set) var isMultiline = false
        private(set) var hasQuoteOrNewline = false

        init(_ text: String) {
            guard !text.isEmpty else { return }
            if Self.isSimple(text) {
                allowsPlain = true
                return
            }
            analyze(Array(text.unicodeScalars))
        }

        /// The common case, quickly: letters, digits and a few signs.
        private static func isSimple(_ text: String) -> Bool {
            text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
        }

        private mutating func analyze(_ scalars: [Unicode.Scalar]) {
            let start = scalars.prefix(3)
            var hasIndicator = start == ["-", "-", "-"] || start == [".", ".", "."]
            var hasSpecial = false
            var hasBreakSpace = false
            var hasSpaceBreak = false
            for (index, scalar) in scalars.enumerated() {
                let previous = index > 0 ? scalars[index - 1] : nil
                let next = index + 1 < scalars.count ? scalars[index + 1] : nil
                hasIndicator =
                    hasIndicator || Self.isIndicator(scalar, after: previous, before: next)
                if YAMLScalarStyle.isBreak(scalar) {
                    isMultiline = true
                    hasSpaceBreak = hasSpaceBreak || previous == " "
                } else if scalar == " ", previous.map(YAMLScalarStyle.isBreak) ?? false {
                    hasBreakSpace = true
                }
                hasQuoteOrNewline = hasQuoteOrNewline || scalar == "'" || scalar == "\n"
                hasSpecial = hasSpecial || YAMLScalarStyle.isSpecial(scalar)
            }
            let isPadded = [scalars.first, scalars.last].contains {
                $0.map { $0 == " " || YAMLScalarStyle.isBreak($0) } ?? false
            }
            allowsSingleQuoted = !hasSpecial && !hasBreakSpace && !hasSpaceBreak
            allowsPlain = allowsSingleQuoted && !isPadded && !isMultiline && !hasIndicator
        }

        private static func isIndicator(
            _ scalar: Unicode.Scalar,
            after previous: Unicode.Scalar?,
            before next: Unicode.Scalar?
        ) -> Bool {
            let isFollowedByBlank = next.map(YAMLScalarStyle.isBlank) ?? true
            switch scalar {
            case ":": return isFollowedByBlank
            case "#": return previous.map(YAMLScalarStyle.isBlank) ?? true
            case "?", "-": return previous == nil && isFollowedByBlank
            case ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`":
                return previous == nil
            default: return false
            }
        }
    }
}
