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
        let command = try reader.attempt { () throws(FormatError) in
            guard let field = fields.first(where: { $0.name == "cmd" }) else {
                throw reader.error("the stage has no 'cmd'")
            }
            return try self.command(field.value)
        }
        var stage = StageDefinition(name: name, command: command ?? .list([]))
        for field in fields {
            try reader.attempt { () throws(FormatError) in try read(field, into: &stage) }
        }
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
        case "deps": stage.dependencies = try value.strings("a list of paths")
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
            let lines = try reader.strings("a list of commands")
            guard !lines.isEmpty else { throw reader.error("the list of commands is empty") }
            return .list(lines)
        }
        let line = try reader.string("a command or a list of commands")
        guard !line.isEmpty else { throw reader.error("the command is empty") }
        return .single(line)
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
            try reader.attempt { () throws(FormatError) in
                guard item.isMapping else {
                    let key = try item.string("a key or 'file: [keys]'")
                    return add(ParameterSelection.defaultFile, [key])
                }
                for entry in try item.entries() {
                    let keys = entry.value.isNull ? [] : try entry.value.strings("a list of keys")
                    if keys.isEmpty { whole.insert(entry.name) }
                    add(entry.name, keys)
                }
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
            try reader.attempt { () throws(FormatError) in
                guard item.isMapping else {
                    let path = try item.string("a path or 'path: {options}'")
                    return outputs.append(OutputDefinition(path: path, kind: kind(of: list)))
                }
                for entry in try item.entries() { outputs.append(try output(entry, list: list)) }
            }
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
            try entry.value.attempt { () throws(FormatError) in
                if try options.read(field) { return }
                if field.name == "checkpoint" || field.name == "header" {
                    let flag = try field.value.bool()
                    if field.name == "header" { properties.append((field.name, .bool(flag))) }
                } else {
                    let text = try field.value.note(takesScalars: isResolved)
                    properties.append((field.name, .string(text)))
                }
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
