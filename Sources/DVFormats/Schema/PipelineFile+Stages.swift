/// Reads one stage of a `dvc.yaml`.
struct StageSchema {
    static let known = [
        "cmd", "wdir", "deps", "params", "outs", "metrics", "plots", "frozen", "always_changed",
        "desc", "meta", "vars", "matrix",
    ]
    static let plotProperties = [
        "x", "y", "x_label", "y_label", "title", "header", "template",
    ]

    /// References have been replaced: notes may be other scalars than text.
    var isResolved = false

    func stage(_ name: String, _ reader: SchemaReader) throws(FormatError) -> StageDefinition {
        let fields = try reader.fields(Self.known, what: "a stage (a mapping with a cmd)")
        guard let command = fields.first(where: { $0.name == "cmd" }) else {
            throw reader.error("the stage has no 'cmd'")
        }
        var stage = StageDefinition(name: name, command: try self.command(command.value))
        for field in fields { try read(field, into: &stage) }
        stage.sortOutputs()
        return stage
    }

    private func read(
        _ field: SchemaEntry,
        into stage: inout StageDefinition
    ) throws(FormatError) {
        let value = field.value
        switch field.name {
        case "wdir": stage.workingDirectory = try value.string("a folder")
        case "deps": stage.dependencies = try texts(value, "a list of paths")
        case "params": stage.parameters = try parameters(value)
        case "outs", "metrics", "plots":
            stage.outputs += try outputs(value, list: field.name)
        case "frozen": stage.isFrozen = try value.bool()
        case "always_changed": stage.isAlwaysChanged = try value.bool()
        case "desc": stage.description = try value.note(takesScalars: isResolved)
        case "meta": stage.meta = value.isNull ? nil : try value.value()
        case "vars": try StageTemplate.checkVariables(value)
        case "matrix": try StageTemplate.checkMatrix(value)
        default: break
        }
    }

    private func command(_ reader: SchemaReader) throws(FormatError) -> StageCommand {
        if reader.isList {
            let lines = try texts(reader, "a list of commands")
            guard !lines.isEmpty else { throw reader.error("the list of commands is empty") }
            return .list(lines)
        }
        let line = try reader.string("a command or a list of commands")
        guard !line.isEmpty else { throw reader.error("the command is empty") }
        return .single(line)
    }

    private func texts(_ reader: SchemaReader, _ what: String) throws(FormatError)
        -> [String]
    {
        var result: [String] = []
        for item in try reader.items(what) { result.append(try item.string("text")) }
        return result
    }

    // MARK: Parameters

    /// A file named without keys is tracked as a whole, whatever else names keys of it.
    private func parameters(
        _ reader: SchemaReader
    ) throws(FormatError) -> [ParameterSelection] {
        var selections: [ParameterSelection] = []
        var whole: Set<String> = []
        func add(_ file: String, _ keys: [String]) {
            if let index = selections.firstIndex(where: { $0.file == file }) {
                selections[index].keys += keys
            } else {
                selections.append(ParameterSelection(file: file, keys: keys))
            }
        }
        for item in try reader.items("a list of parameters") {
            guard item.isMapping else {
                add(ParameterSelection.defaultFile, [try item.string("a key or 'file: [keys]'")])
                continue
            }
            for entry in try item.entries() {
                let keys = entry.value.isNull ? [] : try texts(entry.value, "a list of keys")
                if keys.isEmpty { whole.insert(entry.name) }
                add(entry.name, keys)
            }
        }
        for index in selections.indices where whole.contains(selections[index].file) {
            selections[index].keys = []
        }
        return selections
    }

    // MARK: Outputs

    private func outputs(
        _ reader: SchemaReader,
        list: String
    ) throws(FormatError) -> [OutputDefinition] {
        var outputs: [OutputDefinition] = []
        for item in try reader.items("a list of \(list)") {
            guard item.isMapping else {
                let path = try item.string("a path or 'path: {options}'")
                outputs.append(OutputDefinition(path: path, kind: kind(of: list)))
                continue
            }
            for entry in try item.entries() { outputs.append(try output(entry, list: list)) }
        }
        return outputs
    }

    private func kind(of list: String) -> OutputDefinition.Kind {
        switch list {
        case "metrics": .metric
        case "plots": .plot(nil)
        default: .output
        }
    }

    private func output(
        _ entry: SchemaEntry,
        list: String
    ) throws(FormatError) -> OutputDefinition {
        var options = OutputOptionFields(takesScalars: isResolved)
        var properties: [(key: String, value: DataValue)] = []
        let known = OutputOptionFields.known + (list == "plots" ? Self.plotProperties : [])
        for field in try entry.value.fields(known + ["checkpoint"], what: "a mapping of options") {
            if try options.read(field) { continue }
            if field.name == "checkpoint" || field.name == "header" {
                let flag = try field.value.bool()
                if field.name == "header" { properties.append((field.name, .bool(flag))) }
            } else {
                let text = try field.value.note(takesScalars: isResolved)
                properties.append((field.name, .string(text)))
            }
        }
        var kind = kind(of: list)
        if !properties.isEmpty { kind = .plot(.mapping(properties)) }
        return OutputDefinition(path: entry.name, kind: kind, options: options.options)
    }
}

extension StageDefinition {
    /// Brings outputs of one kind together, in the order of kinds.
    package mutating func sortOutputs() {
        let all = outputs
        outputs = ["outs", "metrics", "plots"].flatMap { list in
            all.filter { $0.kind.listName == list }
        }
    }
}

extension OutputDefinition.Kind {
    /// The list of a stage that holds outputs of this kind.
    var listName: String {
        switch self {
        case .output: "outs"
        case .metric: "metrics"
        case .plot: "plots"
        }
    }
}
