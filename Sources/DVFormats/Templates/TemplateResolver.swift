/// Puts values in the place of references, in the nodes of one part of a `dvc.yaml`.
struct TemplateResolver {
    let scope: VariableScope
    let style: ArgumentStyle
    let file: String
    /// What a complaint names.
    var subject: TemplateError.Subject
    /// A mapping inside of text becomes arguments.
    var takesArguments = false
    /// Generated stages use a reference as it is written; their template was checked as a whole.
    var isGenerating = false
    /// A key of a mapping may be a reference and nothing else.
    var takesReferenceKeys = false
    /// Hears which values of files are used.
    var uses: VariableUses?

    // MARK: Nodes

    /// The node with all references replaced, at the same place of the file.
    ///
    /// A string that is one reference takes the type of its value, which must be a scalar; in other text values become text.
    func resolve(_ node: YAMLNode) throws(TemplateError) -> YAMLNode {
        try replacement(for: node) ?? node
    }

    /// Nil if nothing changes, which is so for most nodes.
    func replacement(for node: YAMLNode) throws(TemplateError) -> YAMLNode? {
        var result = node
        switch node.content {
        case .scalar(let text, _):
            guard
                let content = try located(
                    at: node,
                    { () throws(TemplateProblem) in
                        try replacement(for: text)
                    }
                )
            else { return nil }
            result.content = content
            result.tag = nil
        case .sequence(var items):
            var isChanged = false
            for (index, item) in items.enumerated() {
                guard let changed = try replacement(for: item) else { continue }
                items[index] = changed
                isChanged = true
            }
            if !isChanged { return nil }
            result.content = .sequence(items)
        case .mapping(let entries):
            guard let changed = try replacement(for: entries) else { return nil }
            result.content = .mapping(changed)
        }
        return result
    }

    private func replacement(
        for entries: [YAMLEntry]
    ) throws(TemplateError) -> [YAMLEntry]? {
        var result = entries
        var isChanged = false
        var hasNewKeys = false
        for (index, entry) in entries.enumerated() {
            if let key = try replacement(for: entry.key) {
                result[index].key = key
                hasNewKeys = true
            }
            guard let value = try replacement(for: entry.value) else { continue }
            result[index].value = value
            isChanged = true
        }
        if hasNewKeys { return Self.withoutRepetition(result) }
        return isChanged ? result : nil
    }

    /// Of equal keys the first place and the last value count.
    private static func withoutRepetition(_ entries: [YAMLEntry]) -> [YAMLEntry] {
        var result: [YAMLEntry] = []
        for entry in entries {
            if let index = result.firstIndex(where: { $0.key.text == entry.key.text }) {
                result[index].value = entry.value
            } else {
                result.append(entry)
            }
        }
        return result
    }

    private func replacement(for text: String) throws(TemplateProblem) -> YAMLNode.Content? {
        guard let template = TemplateText(text) else {
            let plain = TemplateText.unescape(text)
            return plain.utf8.count == text.utf8.count ? nil : .scalar(plain, .singleQuoted)
        }
        guard let whole = template.wholeReference else {
            return .scalar(try self.text(of: template), .singleQuoted)
        }
        switch try variable(whole).content {
        case .scalar(.string(let text)): return .scalar(text, .singleQuoted)
        case .scalar(let value): return .scalar(value == .null ? "" : value.keyText, .plain)
        case .list: throw TemplateProblem(.notInterpolable(type: "list"))
        case .mapping: throw TemplateProblem(.notInterpolable(type: "dict"))
        }
    }

    /// The text of a string that is not one reference only.
    func text(of template: TemplateText) throws(TemplateProblem) -> String {
        var result = ""
        for part in template.parts {
            switch part {
            case .text(let text): result += text
            case .reference(let inner): result += try words(try variable(inner))
            }
        }
        return TemplateText.unescape(result)
    }

    private func words(_ variable: TemplateVariable) throws(TemplateProblem) -> String {
        if case .mapping = variable.content, !takesArguments {
            throw TemplateProblem(.notInterpolable(type: "dict"))
        }
        return try TemplateWords(style: style).text(of: variable)
    }

    func variable(_ inner: String) throws(TemplateProblem) -> TemplateVariable {
        if !isGenerating { try Self.check(inner) }
        let shown = isGenerating ? inner : TemplateReference.dotted(inner)
        let variable = try scope.variable(inner, named: shown)
        uses?.add(variable)
        return variable
    }

    func located<Value>(
        at node: YAMLNode,
        _ body: () throws(TemplateProblem) -> Value
    ) throws(TemplateError) -> Value {
        do throws(TemplateProblem) {
            return try body()
        } catch {
            throw error.located(at: node, in: file, subject)
        }
    }

    // MARK: Checks

    /// Throws at the first reference that is not well-formed.
    func checkSyntax(of node: YAMLNode) throws(TemplateError) {
        switch node.content {
        case .scalar(let text, _):
            for inner in TemplateText(text)?.references ?? [] {
                try located(at: node) { () throws(TemplateProblem) in try Self.check(inner) }
            }
        case .sequence(let items): for item in items { try checkSyntax(of: item) }
        case .mapping(let entries):
            for entry in entries {
                try checkSyntax(of: entry.key)
                try checkSyntax(of: entry.value)
            }
        }
    }

    /// Throws at the first reference.
    func refuseReferences(in node: YAMLNode) throws(TemplateError) {
        switch node.content {
        case .scalar(let text, _):
            guard TemplateText.hasReference(text) else { return }
            throw TemplateProblem(.interpolatedVariables).located(at: node, in: file, subject)
        case .sequence(let items): for item in items { try refuseReferences(in: item) }
        case .mapping(let entries):
            for entry in entries {
                try refuseReferences(in: entry.key)
                try refuseReferences(in: entry.value)
            }
        }
    }

    private static func check(_ inner: String) throws(TemplateProblem) {
        guard let position = TemplateReference.problem(in: inner) else { return }
        throw TemplateProblem(.syntax(reference: "${\(inner)}", position: position + 2))
    }
}
