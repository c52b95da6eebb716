/// What an entry of `stages` may look like before references are replaced.
extension StageTemplate {
    /// Checks an entry; gives the stage as written, of a group the pattern.
    static func check(_ entry: SchemaEntry) throws(FormatError) -> StageDefinition {
        let reader = entry.value
        let isForeach =
            reader.node.value(of: "foreach") != nil || reader.node.value(of: "do") != nil
        guard isForeach else { return try StageSchema().stage(entry.name, reader) }
        let fields = try reader.fields(
            ["foreach", "do"],
            what: "a mapping with 'foreach' and 'do'"
        )
        guard let data = fields.first(where: { $0.name == "foreach" }) else {
            throw reader.error("the key 'foreach' is missing")
        }
        guard let body = fields.first(where: { $0.name == "do" }) else {
            throw reader.error("the key 'do' is missing")
        }
        if !data.value.isList, !data.value.isMapping {
            _ = try data.value.string("a list, a mapping or '${…}'")
        }
        return try StageSchema().stage(entry.name, body.value)
    }

    /// A list of files and of mappings.
    static func checkVariables(_ reader: SchemaReader) throws(FormatError) {
        for item in try reader.items("a list of files and mappings") where !item.isMapping {
            try reader.attempt { () throws(FormatError) in
                try item.string("a file, 'file:key' or a mapping")
            }
        }
    }

    static func checkMatrix(_ reader: SchemaReader) throws(FormatError) {
        for entry in try reader.entries("a mapping of lists") where !entry.value.isList {
            try reader.attempt { () throws(FormatError) in
                try entry.value.string("a list or '${…}'")
            }
        }
    }
}
