/// A `dvc.yaml`: its stages, and its text for edits that leave the rest untouched.
package struct PipelineFile: Sendable {
    /// As a user would name it.
    package let file: String
    /// In the order of the file.
    package let stages: [StageDefinition]
    /// The text, as read or as edited.
    package let bytes: [UInt8]
    /// Everything but the stages, as written: params, metrics, plots, artifacts, datasets.
    package let topLevel: [(key: String, value: DataValue)]
    /// The node of the key `stages`, and the positions of its stages.
    let stagesEntry: YAMLEntry?
    private let indices: [String: Int]

    /// A file that does not exist yet.
    package init(file: String) {
        self.file = file
        (stages, bytes, topLevel, indices) = ([], [], [], [:])
        stagesEntry = nil
    }

    /// Checks everything; throws at the first problem.
    package init(parsing bytes: [UInt8], file: String) throws(FormatError) {
        self.file = file
        self.bytes = bytes
        let document = try YAMLDocument(parsing: bytes, file: file)
        guard let root = document.root else {
            (stages, topLevel, indices) = ([], [], [:])
            stagesEntry = nil
            return
        }
        let reader = SchemaReader(root, file: file)
        let fields = try reader.fields(Self.known, what: "a mapping with 'stages'")
        stagesEntry = root.entries?.first { $0.key.text == "stages" }
        var stages: [StageDefinition] = []
        var topLevel: [(key: String, value: DataValue)] = []
        for field in fields {
            if field.name == "stages" {
                stages = try Self.stages(field.value)
            } else {
                try TopLevelSchema.check(field)
                topLevel.append((field.name, try field.value.value()))
            }
        }
        self.stages = stages
        self.topLevel = topLevel
        indices = Dictionary(stages.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    private static let known = [
        "stages", "params", "metrics", "plots", "artifacts", "datasets", "vars",
    ]

    private static func stages(_ reader: SchemaReader) throws(FormatError) -> [StageDefinition] {
        if reader.isNull { return [] }
        var stages: [StageDefinition] = []
        for entry in try reader.entries("a mapping of stages") {
            stages.append(try StageSchema.stage(entry.name, entry.value))
        }
        return stages
    }

    package func stage(named name: String) -> StageDefinition? {
        indices[name].map { stages[$0] }
    }

    /// Nothing is left but an empty `stages`: DVC deletes the file then.
    package var hasOnlyEmptyStages: Bool { stages.isEmpty && topLevel.isEmpty }
}

/// The parts of a `dvc.yaml` beside its stages, checked and kept.
enum TopLevelSchema {
    private static let artifact = ["path", "desc", "type", "labels", "meta"]
    private static let plot = ["x", "y", "x_label", "y_label", "title", "template"]

    static func check(_ field: SchemaEntry) throws(FormatError) {
        switch field.name {
        case "vars": throw FormatError.templating("vars", at: field)
        case "params", "metrics": _ = try field.value.strings("a list of paths")
        case "plots": try checkPlots(field.value)
        case "artifacts": try checkArtifacts(field.value)
        default: break
        }
    }

    private static func checkArtifacts(_ reader: SchemaReader) throws(FormatError) {
        for entry in try reader.entries("a mapping of artifacts") {
            let fields = try entry.value.fields(artifact, what: "a mapping with 'path'")
            guard fields.contains(where: { $0.name == "path" }) else {
                throw entry.value.error("the key 'path' is missing")
            }
            for field in fields {
                switch field.name {
                case "labels": _ = try field.value.strings("a list of labels")
                case "meta": break
                default: _ = try field.value.string()
                }
            }
        }
    }

    private static func checkPlots(_ reader: SchemaReader) throws(FormatError) {
        for item in try reader.items("a list of plots") {
            guard item.isMapping else {
                _ = try item.string("a path or 'name: {properties}'")
                continue
            }
            for entry in try item.entries() where !entry.value.isNull {
                for field in try entry.value.fields(plot, what: "a mapping of plot properties")
                where field.name != "x" && field.name != "y" {
                    _ = try field.value.string()
                }
            }
        }
    }
}

extension FormatError {
    static func templating(_ keyword: String, at field: SchemaEntry) -> FormatError {
        FormatError(
            "templating ('\(keyword)') is not supported yet by dvswift",
            at: field.key.node,
            in: field.key.file,
            key: field.value.path
        )
    }
}
