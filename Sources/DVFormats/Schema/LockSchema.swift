/// Reads one stage of a `dvc.lock`.
enum LockSchema {
    static func stage(_ reader: SchemaReader) throws(FormatError) -> LockedStage {
        let fields = try reader.fields(
            ["cmd", "deps", "params", "outs"],
            what: "a stage (a mapping with a cmd)"
        )
        let command = try reader.attempt { () throws(FormatError) in
            guard let field = fields.first(where: { $0.name == "cmd" }) else {
                throw reader.error("the stage has no 'cmd'")
            }
            return try self.command(field.value)
        }
        var stage = LockedStage(command: command ?? .list([]))
        for field in fields {
            try reader.attempt { () throws(FormatError) in
                switch field.name {
                case "deps": stage.dependencies = try paths(field.value)
                case "outs": stage.outputs = try paths(field.value)
                case "params": stage.parameters = try parameters(field.value)
                default: break
                }
            }
        }
        return stage
    }

    private static func command(_ reader: SchemaReader) throws(FormatError) -> StageCommand {
        reader.isList
            ? .list(try reader.strings("a list of commands"))
            : .single(try reader.string("a command or a list of commands"))
    }

    private static func paths(_ reader: SchemaReader) throws(FormatError) -> [RecordedPath] {
        var paths: [RecordedPath] = []
        for item in try reader.items("a list of paths with their content") {
            try reader.attempt { () throws(FormatError) in paths.append(try path(item)) }
        }
        return paths
    }

    private static func path(_ reader: SchemaReader) throws(FormatError) -> RecordedPath {
        var content = ContentFields()
        var dataset: DataValue?
        let known = ContentFields.known + ["dataset"]
        for field in try reader.fields(known, what: "a mapping with 'path'") {
            try reader.attempt { () throws(FormatError) in
                if try content.read(field) { return }
                _ = try field.value.entries()
                dataset = try field.value.value()
            }
        }
        var recorded = try content.recorded(in: reader)
        recorded.dataset = dataset
        return recorded
    }

    private static func parameters(
        _ reader: SchemaReader
    ) throws(FormatError) -> [LockedParameters] {
        var files: [LockedParameters] = []
        for file in try reader.entries("a mapping of parameter files") {
            var values: [String: DataValue] = [:]
            for entry in try file.value.entries("a mapping of parameters") {
                values[entry.name] = try entry.value.value()
            }
            files.append(LockedParameters(file: file.name, values: values))
        }
        return files
    }
}

extension LockedStage {
    /// As DVC writes it: sorted by path, parameters of `params.yaml` first.
    ///
    /// Fields of `old` that dvswift does not use stay, where the path has no content of ours.
    func written(keeping old: DataValue?) -> DataValue {
        var pairs: [(key: String, value: DataValue)] = [("cmd", command.value)]
        if !dependencies.isEmpty {
            pairs.append(("deps", Self.written(dependencies, old?.value(atDottedKey: "deps"))))
        }
        if !parameters.isEmpty { pairs.append(("params", writtenParameters)) }
        if !outputs.isEmpty {
            pairs.append(("outs", Self.written(outputs, old?.value(atDottedKey: "outs"))))
        }
        return .mapping(pairs)
    }

    private static func written(_ paths: [RecordedPath], _ old: DataValue?) -> DataValue {
        var kept: [DataValue] = []
        if case .list(let values)? = old { kept = values }
        return .list(
            paths.sorted { CodePointOrder.precedes($0.path, $1.path) }.map { item in
                if let dataset = item.dataset {
                    return .mapping([("path", .string(item.path)), ("dataset", dataset)])
                }
                if item.content == nil, item.mark == nil,
                    let same = kept.first(where: { $0.hasForeignContent(item.path) })
                {
                    return same
                }
                var pairs: [(key: String, value: DataValue)] = [("path", .string(item.path))]
                if !ContentFields.isLegacy(item.content) { pairs.append(("hash", .string("md5"))) }
                var recorded = item
                recorded.content = item.content?.keepingVersions(
                    of: kept.first { $0.hasForeignContent(item.path) }?.topValues ?? []
                )
                return .mapping(
                    pairs + ContentFields.pairs(recorded)
                        + ContentFields.cloudPairs(recorded.content)
                )
            }
        )
    }

    private var writtenParameters: DataValue {
        let files = parameters.sorted { left, right in
            let isDefault = (
                left.file == ParameterSelection.defaultFile,
                right.file == ParameterSelection.defaultFile
            )
            return isDefault.0 || isDefault.1
                ? isDefault.0 && !isDefault.1 : CodePointOrder.precedes(left.file, right.file)
        }
        return .mapping(
            files.map { file in
                let names = CodePointOrder.sorted(Array(file.values.keys))
                return (file.file, .mapping(names.map { ($0, file.values[$0] ?? .null) }))
            }
        )
    }
}

extension DataValue {
    /// An entry for `path` that records what only others understand: an etag, a version.
    fileprivate func hasForeignContent(_ path: String) -> Bool {
        guard case .mapping(let pairs) = self else { return false }
        return pairs.contains { $0.key == "path" && $0.value == .string(path) }
            && pairs.contains { ContentFields.kept.contains($0.key) }
    }
}
