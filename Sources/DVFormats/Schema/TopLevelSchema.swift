/// The parts of a `dvc.yaml` beside its stages, checked and kept.
enum TopLevelSchema {
    private static let artifact = ["path", "desc", "type", "labels", "meta"]
    private static let plot = ["x", "y", "x_label", "y_label", "title", "template"]

    static func check(_ field: SchemaEntry) throws(FormatError) {
        switch field.name {
        case "params", "metrics": _ = try field.value.strings("a list of paths")
        case "plots": try checkPlots(field.value)
        case "artifacts": try checkArtifacts(field.value)
        case "datasets": try DatasetDefinition.check(field.value)
        default: break
        }
    }

    private static func checkArtifacts(_ reader: SchemaReader) throws(FormatError) {
        for entry in try reader.entries("a mapping of artifacts") {
            try reader.attempt { () throws(FormatError) in try checkArtifact(entry.value) }
        }
    }

    private static func checkArtifact(_ reader: SchemaReader) throws(FormatError) {
        let fields = try reader.fields(artifact, what: "a mapping with 'path'")
        if !fields.contains(where: { $0.name == "path" }) {
            try reader.note(reader.error("the key 'path' is missing"))
        }
        for field in fields {
            try reader.attempt { () throws(FormatError) in
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
            try reader.attempt { () throws(FormatError) in
                guard item.isMapping else {
                    _ = try item.string("a path or 'name: {properties}'")
                    return
                }
                for entry in try item.entries() where !entry.value.isNull {
                    try checkProperties(entry.value)
                }
            }
        }
    }

    private static func checkProperties(_ reader: SchemaReader) throws(FormatError) {
        for field in try reader.fields(plot, what: "a mapping of plot properties") {
            try reader.attempt { () throws(FormatError) in try checkProperty(field) }
        }
    }

    /// `x` and `y` may name fields of several files.
    private static func checkProperty(_ field: SchemaEntry) throws(FormatError) {
        let value = field.value
        switch field.name {
        case "x" where value.isMapping:
            for entry in try value.entries() { _ = try entry.value.string("a field") }
        case "y" where value.isMapping:
            for entry in try value.entries() { try checkFields(entry.value) }
        case "y": try checkFields(value)
        default: _ = try value.string()
        }
    }

    private static func checkFields(_ value: SchemaReader) throws(FormatError) {
        if value.isList {
            _ = try value.strings("a list of fields")
        } else {
            _ = try value.string("a field or a list of fields")
        }
    }
}
