extension PipelineFile {
    /// The file with its references replaced and its groups generated: `stages` and `topLevel` are what they mean.
    ///
    /// Variables are read only if something refers to them; each file once. `onHiding` hears of groups whose `item` and `key`
    /// hide variables. Throws `TemplateError`, `FormatError`, and what `files` throws.
    package func resolved(
        reading files: some VariableFiles,
        style: ArgumentStyle = ArgumentStyle(),
        onHiding: (_ names: [String], _ group: String) -> Void = { _, _ in }
    ) throws -> PipelineFile {
        try checkNames()
        guard isTemplated else { return self }
        let resolver = try PipelineResolver(
            file: file,
            files: files,
            style: style,
            variables: variables
        )
        var result = self
        result.stages = []
        for template in templates {
            result.stages += try resolver.stages(template, onHiding: onHiding)
        }
        result.topLevel = try sections.map { ($0.name, try resolver.value(of: $0)) }
        result.index()
        return result
    }

    /// Whether a stage can only be told by reading variables.
    package var isTemplated: Bool {
        variables != nil || templates.contains { $0.isGroup }
            || templates.contains { $0.body.value(of: "vars") != nil }
            || bytes.indices.dropLast().contains {
                bytes[$0] == UInt8(ascii: "$") && bytes[$0 + 1] == UInt8(ascii: "{")
            }
    }

    /// What stands behind `@` belongs to groups.
    private func checkNames() throws(FormatError) {
        for entry in stagesEntry?.value.entries ?? [] {
            guard let name = entry.key.text, name.utf8.contains(UInt8(ascii: "@")),
                !templates.contains(where: { $0.name == name && $0.isGroup })
            else { continue }
            throw FormatError(
                "Stage '\(name)' not found inside '\(file)' file: only names of generated stages have an '@'",
                at: entry.key,
                in: file,
                key: ["stages", name]
            )
        }
    }
}

extension PipelineResolver {
    /// A section beside the stages, with all references replaced.
    func value(of section: SchemaEntry) throws -> DataValue {
        let node = section.value.node
        let name = section.name
        func part(_ key: String, _ node: YAMLNode) throws -> DataValue {
            guard TemplateText.mayRefer(node) else { return try DataValue(node, in: file) }
            var resolver = resolver(.key("\(name).\(key)"))
            resolver.takesReferenceKeys = true
            try resolver.checkSyntax(of: node)
            return try resolver.value(of: node).variable.value
        }
        if let items = node.items {
            return .list(try items.enumerated().map { try part(String($0.offset), $0.element) })
        }
        guard let entries = node.entries else { return try section.value.value() }
        return .mapping(
            try entries.map { entry in
                let written = entry.key.text ?? ""
                guard case .string(let key) = try part(written, entry.key) else {
                    throw TemplateProblem(.notInterpolable(type: "a number"))
                        .located(at: entry.key, in: file, .key("\(name).\(written)"))
                }
                return (key, try part(written, entry.value))
            }
        )
    }
}
