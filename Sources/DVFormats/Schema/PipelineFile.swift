/// A `dvc.yaml`: its stages, and its text for edits that leave the rest untouched.
package struct PipelineFile: Sendable {
    /// As a user would name it.
    package let file: String
    /// In the order of the file; as written, without groups, until `resolved` has made them what they are.
    package internal(set) var stages: [StageDefinition] = []
    /// The text, as read or as edited.
    package let bytes: [UInt8]
    /// Everything but the stages: params, metrics, plots, artifacts, datasets; as written or resolved, as the stages are.
    package internal(set) var topLevel: [(key: String, value: DataValue)] = []
    /// The node of the key `stages`, and the positions of its stages.
    let stagesEntry: YAMLEntry?
    let variables: YAMLNode?
    /// What `stages` holds as written.
    let templates: [StageTemplate]
    /// The parts of `topLevel` as written.
    let sections: [SchemaEntry]
    var indices: [String: Int] = [:]

    /// A file that does not exist yet.
    package init(file: String) {
        self.file = file
        (bytes, templates, sections, stagesEntry, variables) = ([], [], [], nil, nil)
    }

    /// Checks everything but references; throws all problems as one.
    package init(parsing bytes: [UInt8], file: String) throws(FormatError) {
        let document = try YAMLDocument(parsing: bytes, file: file)
        self.file = file
        self.bytes = bytes
        guard let root = document.root else {
            (templates, sections, stagesEntry, variables) = ([], [], nil, nil)
            return
        }
        let problems = SchemaProblems()
        let reader = SchemaReader(root, file: file, problems: problems)
        let fields = try reader.fields(Self.known, what: "a mapping with 'stages'")
        stagesEntry = root.entries?.first { $0.key.text == "stages" }
        variables = root.value(of: "vars")
        var templates: [StageTemplate] = []
        var sections: [SchemaEntry] = []
        var found: (stages: [StageDefinition], topLevel: [(key: String, value: DataValue)])
        found = ([], [])
        for field in fields {
            try reader.attempt { () throws(FormatError) in
                switch field.name {
                case "stages": (templates, found.stages) = try Self.stages(field.value)
                case "vars": try StageTemplate.checkVariables(field.value)
                default:
                    try TopLevelSchema.check(field)
                    sections.append(field.afterCheck)
                    found.topLevel.append((field.name, try field.value.value()))
                }
            }
        }
        try problems.check()
        (stages, topLevel) = found
        self.templates = templates
        self.sections = sections
        index()
    }

    private static let known = [
        "stages", "params", "metrics", "plots", "artifacts", "datasets", "vars",
    ]

    private static func stages(
        _ reader: SchemaReader
    ) throws(FormatError) -> (templates: [StageTemplate], stages: [StageDefinition]) {
        var templates: [StageTemplate] = []
        var stages: [StageDefinition] = []
        for entry in try reader.entries("a mapping of stages") {
            let checked = try reader.attempt { () throws(FormatError) in
                try StageTemplate.check(entry)
            }
            guard let stage = checked else { continue }
            let template = StageTemplate(name: entry.name, node: entry.value.node)
            templates.append(template)
            if !template.isGroup { stages.append(stage) }
        }
        return (templates, stages)
    }

    mutating func index() {
        indices = Dictionary(stages.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    package func stage(named name: String) -> StageDefinition? {
        indices[name].map { stages[$0] }
    }

    /// The `wdir` of a stage, also of one that was not generated yet; nil if that is told by variables.
    package func workingDirectory(ofStage name: String) -> String? {
        if let stage = stage(named: name) { return stage.workingDirectory }
        guard let end = name.lastIndex(of: "@") else { return nil }
        let group = templates.first { $0.name == name[..<end] }
        return group?.body.value(of: "wdir")?.text.flatMap {
            TemplateText.hasReference($0) ? nil : $0
        }
    }

    /// Whether `stages` has an entry of that name: a stage, or a group that stages are generated from.
    package func hasEntry(named name: String) -> Bool {
        templates.contains { $0.name == name }
    }

    /// Nothing is left but an empty `stages`: DVC deletes the file then.
    package var hasOnlyEmptyStages: Bool {
        templates.isEmpty && topLevel.isEmpty && variables == nil
    }
}
