/// What `foreach`, `matrix` and the sections beside the stages hold: whole values, where a reference may stand for
/// a list or a mapping.
extension TemplateResolver {
    /// A value, and whether a reference stood for all of it.
    struct Resolved {
        let variable: TemplateVariable
        let isReference: Bool

        /// The text that ends the name of a stage: Python's, which writes flags of parameters other than written ones.
        var nameText: String {
            guard case .scalar(let value) = variable.content else { return "" }
            return isReference ? value.pythonText : TemplateWords.text(of: value)
        }

        /// Lists and mappings are named by their position.
        var isComposite: Bool {
            if case .scalar = variable.content { false } else { true }
        }
    }

    func value(of node: YAMLNode) throws -> Resolved {
        switch node.content {
        case .scalar(let text, _): return try scalar(text, at: node)
        case .sequence(let items):
            return Resolved(
                variable: TemplateVariable(.list(try items.map { try value(of: $0).variable })),
                isReference: false
            )
        case .mapping(let entries):
            var mapping = TemplateMapping()
            for entry in entries {
                guard case .string(let key) = try key(of: entry.key).variable.value else {
                    continue
                }
                mapping[key] = try value(of: entry.value).variable
            }
            return Resolved(variable: TemplateVariable(.mapping(mapping)), isReference: false)
        }
    }

    /// A key of a mapping.
    ///
    /// In `foreach` and `matrix` a reference alone is none: DVC has a value with its source there.
    func key(of node: YAMLNode) throws -> Resolved {
        let key = try value(of: node)
        if takesReferenceKeys || !key.isReference { return key }
        throw TemplateProblem(.referenceAsKey(node.text ?? ""))
            .located(at: node, in: file, subject)
    }

    private func scalar(_ text: String, at node: YAMLNode) throws -> Resolved {
        guard let template = TemplateText(text) else {
            var value = try DataValue(node, in: file)
            if case .string(let text) = value { value = .string(TemplateText.unescape(text)) }
            return Resolved(variable: TemplateVariable(value), isReference: false)
        }
        return try located(at: node) { () throws(TemplateProblem) in
            if let whole = template.wholeReference {
                return Resolved(variable: try variable(whole), isReference: true)
            }
            let text = try self.text(of: template)
            return Resolved(variable: TemplateVariable(.scalar(.string(text))), isReference: false)
        }
    }
}
