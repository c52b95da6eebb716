/// The options of an output, alike in `.dvc` files and `dvc.yaml`.
struct OutputOptionFields {
    static let known = [
        "desc", "type", "labels", "meta", "cache", "persist", "remote", "push",
    ]

    /// Whether notes may be other scalars than text.
    var takesScalars = false
    private(set) var options: OutputOptions

    /// `options`: what other fields have said before.
    init(_ options: OutputOptions = OutputOptions(), takesScalars: Bool = false) {
        self.options = options
        self.takesScalars = takesScalars
    }

    /// Returns false if the field is none of these.
    mutating func read(_ field: SchemaEntry) throws(FormatError) -> Bool {
        let value = field.value
        switch field.name {
        case "desc": options.description = try note(value)
        case "type": options.type = try note(value)
        case "labels":
            options.labels = []
            for label in try value.items("a list of labels") {
                options.labels.append(try note(label))
            }
        case "meta": options.meta = value.isNull ? nil : try value.value()
        case "cache": options.isCached = try value.bool()
        case "persist": options.isPersistent = try value.bool()
        case "remote": options.remote = try note(value)
        case "push": options.isPushed = try value.bool()
        default: return false
        }
        return true
    }

    private func note(_ value: SchemaReader) throws(FormatError) -> String {
        try value.note(takesScalars: takesScalars)
    }
}

extension OutputOptions {
    /// `desc`, `type`, `labels`, `meta`, where they say something.
    var annotations: [(key: String, value: DataValue)] {
        var pairs: [(key: String, value: DataValue)] = []
        if let description, !description.isEmpty { pairs.append(("desc", .string(description))) }
        if let type, !type.isEmpty { pairs.append(("type", .string(type))) }
        if !labels.isEmpty { pairs.append(("labels", .list(labels.map { .string($0) }))) }
        if let meta, !meta.isEmptyOrFalse { pairs.append(("meta", meta)) }
        return pairs
    }
}

extension DataValue {
    /// What Python counts as false, and DVC therefore leaves out.
    var isEmptyOrFalse: Bool {
        switch self {
        case .null: true
        case .bool(let flag): !flag
        case .integer(let number): number == 0
        case .longInteger: false
        case .float(let number): number == 0
        case .string(let text): text.isEmpty
        case .timestamp: false
        case .list(let values): values.isEmpty
        case .mapping(let pairs): pairs.isEmpty
        case .keyedMapping(let pairs): pairs.isEmpty
        }
    }
}
