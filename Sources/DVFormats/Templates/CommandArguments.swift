/// How a mapping becomes arguments of a command: settings `parsing.bool` and `parsing.list`.
package struct ArgumentStyle: Hashable, Sendable {
    /// `--no-flag` for a false flag, instead of nothing.
    package var negatesFlags: Bool
    /// `--name a --name b` for a list, instead of `--name a b`.
    package var repeatsNames: Bool

    package init(negatesFlags: Bool = false, repeatsNames: Bool = false) {
        self.negatesFlags = negatesFlags
        self.repeatsNames = repeatsNames
    }
}

/// The text of a variable inside of other text.
struct TemplateWords {
    let style: ArgumentStyle

    func text(of variable: TemplateVariable) throws(TemplateProblem) -> String {
        switch variable.content {
        case .scalar(let value): return Self.text(of: value)
        case .mapping(let mapping):
            var words: [String] = []
            try append(mapping, below: "", to: &words)
            return words.joined(separator: " ")
        case .list: throw TemplateProblem(.notInterpolable(type: "list"))
        }
    }

    /// `true`, `None`, `1e-05`: Python's text, but for lower-case flags.
    static func text(of value: DataValue) -> String {
        if case .bool(let flag) = value { return flag ? "true" : "false" }
        return value.pythonText
    }

    private func append(
        _ mapping: TemplateMapping,
        below prefix: String,
        to words: inout [String]
    ) throws(TemplateProblem) {
        for (key, variable) in mapping.pairs {
            let name = prefix + key
            switch variable.content {
            case .mapping(let inner): try append(inner, below: name + ".", to: &words)
            case .list(let items): try append(items, named: name, to: &words)
            case .scalar(.bool(let flag)):
                if flag { words.append("--" + name) }
                if !flag, style.negatesFlags { words.append("--no-" + name) }
            case .scalar(let value): words += ["--" + name, argument(value)]
            }
        }
    }

    private func append(
        _ items: [TemplateVariable],
        named name: String,
        to words: inout [String]
    ) throws(TemplateProblem) {
        for (index, item) in items.enumerated() {
            guard case .scalar(let value) = item.content else {
                throw TemplateProblem(.nestedList(key: name))
            }
            if style.repeatsNames || index == 0 { words.append("--" + name) }
            words.append(argument(value))
        }
    }

    private func argument(_ value: DataValue) -> String {
        if case .string(let text) = value { Self.quoted(text) } else { value.pythonText }
    }

    /// In single quotes unless no shell would change it.
    private static func quoted(_ text: String) -> String {
        let isSafe = text.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "_@%+=:,./-".utf8.contains($0)
            }
        }
        if isSafe, !text.isEmpty { return text }
        return "'" + text.replacing("'", with: "'\"'\"'") + "'"
    }
}
