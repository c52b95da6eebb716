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

    /// Each path once: of several entries for one, later options go before earlier ones.
    private func outputs(
        _ reader: SchemaReader,
        list: String
    ) throws(FormatError) -> [OutputDefinition] {
        var outputs: [OutputDefinition] = []
        var places: [String: Int] = [:]
        func add(_ path: String, _ options: SchemaReader?) throws(FormatError) {
            let place = places[path] ?? outputs.count
            if place == outputs.count {
                places[path] = place
                outputs.append(OutputDefinition(path: path, kind: kind(of: list)))
            }
            if let options { try read(options, list: list, into: &outputs[place]) }
        }
        for item in try reader.items("a list of \(list)") {
            try reader.attempt { () throws(FormatError) in
                guard item.isMapping else {
                    return try add(try item.string("a path or 'path: {options}'"), nil)
                }
                for entry in try item.entries() { try add(entry.name, entry.value) }
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

    private func read(
        _ reader: SchemaReader,
        list: String,
        into output: inout OutputDefinition
    ) throws(FormatError) {
        var options = OutputOptionFields(output.options, takesScalars: isResolved)
        var properties: [(key: String, value: DataValue)] = []
        if case .plot(let known?) = output.kind { properties = known.topValues }
        func set(_ key: String, _ value: DataValue) {
            if let place = properties.firstIndex(where: { $0.key == key }) {
                properties[place].value = value
            } else {
                properties.append((key, value))
            }
        }
        let known = OutputOptionFields.known + (list == "plots" ? Self.plotProperties : [])
        for field in try reader.fields(known + ["checkpoint"], what: "a mapping of options") {
            try reader.attempt { () throws(FormatError) in
                if try options.read(field) { return }
                if field.name == "checkpoint" || field.name == "header" {
                    let flag = try field.value.bool()
                    if field.name == "header" { set(field.name, .bool(flag)) }
                } else {
                    set(field.name, .string(try field.value.note(takesScalars: isResolved)))
                }
            }
        }
        if !properties.isEmpty { output.kind = .plot(.mapping(properties)) }
        output.options = options.options
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
