/// Turns what a `dvc.yaml` says into stages: reads variables, generates stages, replaces references.
struct PipelineResolver<Files: VariableFiles> {
    let file: String
    let files: Files
    let style: ArgumentStyle
    private var scope = VariableScope()

    /// Reads `params.yaml` beside the file, where there is one, and all that `vars` names.
    init(file: String, files: Files, style: ArgumentStyle, variables: YAMLNode?) throws {
        self.file = file
        self.files = files
        self.style = style
        var loaded = VariableScope()
        let standard = ParameterSelection.defaultFile
        let found = try files.variables(in: standard, from: nil)
        if !found.isMissing {
            do throws(TemplateProblem) {
                try loaded.load(found, keys: nil, as: standard)
            } catch {
                throw error.located(at: nil, in: file, .key("vars"))
            }
        }
        if let variables {
            try define(variables, in: &loaded, source: "vars", subjects: .global)
        }
        scope = loaded
    }

    /// What resolves a part of the file that no stage is generated from.
    func resolver(_ subject: TemplateError.Subject) -> TemplateResolver {
        TemplateResolver(scope: scope, style: style, file: file, subject: subject)
    }

    // MARK: Stages

    /// The stages of one entry, in the order in which DVC generates them.
    func stages(
        _ template: StageTemplate,
        onHiding: (_ names: [String], _ group: String) -> Void
    ) throws -> [StageDefinition] {
        guard template.isGroup else {
            try checkSyntax(of: template)
            return [try stage(template.name, template, scope, group: nil)]
        }
        let keyword = if case .matrix = template.form { "matrix" } else { "foreach" }
        let iterations = try template.iterations(
            resolver(.key("stages.\(template.name).\(keyword)"))
        )
        if !iterations.isEmpty { try checkSyntax(of: template) }
        let hidden = iterations.first?.loop.map(\.name).filter(scope.defines) ?? []
        if !hidden.isEmpty { onHiding(hidden, template.name) }
        var scope = scope
        return try iterations.map { iteration in
            scope.loop = iteration.loop
            let name = "\(template.name)@\(iteration.key)"
            return try stage(name, template, scope, group: template.name)
        }
    }

    private func stage(
        _ name: String,
        _ template: StageTemplate,
        _ scope: VariableScope,
        group: String?
    ) throws -> StageDefinition {
        let local = try self.scope(of: name, template.body, scope, isGenerating: group != nil)
        var node = template.body
        let uses = VariableUses()
        var isChanged = false
        var entries: [YAMLEntry] = []
        for var entry in template.body.entries ?? [] {
            let key = entry.key.text ?? ""
            guard !StageTemplate.ownKeys.contains(key) else {
                isChanged = true
                continue
            }
            var part = part(key, of: name, local, isGenerating: group != nil)
            part.uses = uses
            if let value = try part.replacement(for: entry.value) {
                entry.value = value
                isChanged = true
            }
            entries.append(entry)
        }
        node.content = .mapping(entries)
        var stage = try SchemaReader.readingAll(node, file: file, path: ["stages", name]) {
            reader throws(FormatError) in
            try StageSchema(isResolved: true).stage(name, reader)
        }
        stage.usedVariables = uses.found
        stage.origin = group.map { .generated(from: $0) } ?? (isChanged ? .resolved : .written)
        return stage
    }

    /// What resolves one key of a stage.
    private func part(
        _ key: String,
        of stage: String,
        _ scope: VariableScope,
        isGenerating: Bool
    ) -> TemplateResolver {
        TemplateResolver(
            scope: scope,
            style: style,
            file: file,
            subject: .key("stages.\(stage).\(key)"),
            takesArguments: key == "cmd",
            isGenerating: isGenerating
        )
    }

    private func checkSyntax(of template: StageTemplate) throws(TemplateError) {
        for entry in template.body.entries ?? [] {
            let key = entry.key.text ?? ""
            try resolver(.key("stages.\(template.name).\(key)")).checkSyntax(of: entry.value)
        }
    }

    // MARK: Variables

    /// Whom a complaint about `vars` names.
    private enum Subjects {
        case global
        case stage(String)

        func subject(of problem: TemplateError.Problem) -> TemplateError.Subject {
            guard case .stage(let name) = self else { return .key("vars") }
            switch problem {
            case .alreadyLoaded, .partlyLoaded, .interpolatedVariables:
                return .key("stages.\(name).vars")
            default: return .stage(name)
            }
        }
    }

    private func scope(
        of stage: String,
        _ body: YAMLNode,
        _ scope: VariableScope,
        isGenerating: Bool
    ) throws -> VariableScope {
        guard let variables = body.value(of: "vars") else { return scope }
        var folder: String?
        if let node = body.value(of: "wdir") {
            let part = part("wdir", of: stage, scope, isGenerating: isGenerating)
            folder = try part.resolve(node).text
        }
        var local = scope
        try define(
            variables,
            in: &local,
            source: "\(stage).vars",
            subjects: .stage(stage),
            from: folder
        )
        return local
    }

    private func define(
        _ list: YAMLNode,
        in scope: inout VariableScope,
        source: String,
        subjects: Subjects,
        from folder: String? = nil
    ) throws {
        try resolver(subjects.subject(of: .interpolatedVariables)).refuseReferences(in: list)
        for (index, node) in (list.items ?? []).enumerated() {
            do {
                guard let item = node.text else {
                    let value = try DataValue(node, in: file)
                    try scope.define(value, source: "\(source)[\(index)]")
                    continue
                }
                let (path, keys) = Self.parts(of: item)
                let found = try files.variables(in: path, from: folder)
                try scope.load(found, keys: keys, as: item)
            } catch let error as TemplateProblem {
                throw error.located(at: node, in: file, subjects.subject(of: error.problem))
            }
        }
    }

    /// `file:key,key`.
    private static func parts(of item: String) -> (path: String, keys: [String]?) {
        guard let colon = item.firstIndex(of: ":") else { return (item, nil) }
        let keys = item[item.index(after: colon)...].split(separator: ",").map(String.init)
        return (String(item[..<colon]), keys.isEmpty ? nil : keys)
    }
}
