/// A value that templates may name, and the file or `vars` entry that it came from.
struct TemplateVariable: Sendable {
    indirect enum Content: Sendable {
        case scalar(DataValue)
        case list([TemplateVariable])
        case mapping(TemplateMapping)
    }

    /// Where a value is written.
    enum Source: Sendable {
        /// `params.yaml`, at a dotted key.
        case file(String, key: String)
        /// `vars[0]`, `train.vars[1]`.
        case entry(String)
        /// Made while stages are generated.
        case loop

        func child(_ name: String) -> Source {
            guard case .file(let file, let key) = self else { return self }
            return .file(file, key: key.isEmpty ? name : key + "." + name)
        }

        /// As DVC's messages have it.
        var name: String {
            switch self {
            case .file(let name, _), .entry(let name): name
            case .loop: ""
            }
        }
    }

    var content: Content
    let source: Source

    init(_ content: Content, source: Source = .loop) {
        self.content = content
        self.source = source
    }

    /// Keys that are not text cannot be named and are left out, as in DVC.
    init(_ value: DataValue, source: Source = .loop) {
        self.source = source
        switch value {
        case .list(let values):
            content = .list(
                values.enumerated().map {
                    TemplateVariable($1, source: source.child(String($0)))
                }
            )
        case .mapping(let pairs):
            var mapping = TemplateMapping()
            for pair in pairs {
                mapping[pair.key] = TemplateVariable(pair.value, source: source.child(pair.key))
            }
            content = .mapping(mapping)
        case .keyedMapping(let pairs):
            var mapping = TemplateMapping()
            for pair in pairs {
                guard case .string(let key) = pair.key else { continue }
                mapping[key] = TemplateVariable(pair.value, source: source.child(key))
            }
            content = .mapping(mapping)
        default: content = .scalar(value)
        }
    }

    /// The value below: a name in a mapping, a position in a list, also from its end.
    func child(_ step: Substring) -> TemplateVariable? {
        switch content {
        case .scalar: return nil
        case .mapping(let mapping): return mapping[String(step)]
        case .list(let items):
            guard let number = Int(step) else { return nil }
            let index = number < 0 ? number + items.count : number
            return items.indices.contains(index) ? items[index] : nil
        }
    }

    /// The plain value; sources are lost.
    var value: DataValue {
        switch content {
        case .scalar(let value): value
        case .list(let items): .list(items.map(\.value))
        case .mapping(let mapping): .mapping(mapping.pairs.map { ($0.key, $0.value.value) })
        }
    }

    /// Python's name of its type, as DVC's messages have it.
    var typeName: String {
        switch content {
        case .list: "list"
        case .mapping: "dict"
        case .scalar(let value): value.pythonTypeName
        }
    }
}

/// A mapping that keeps the order of its file and finds a key at once.
struct TemplateMapping: Sendable {
    private(set) var keys: [String] = []
    private var values: [String: TemplateVariable] = [:]

    subscript(key: String) -> TemplateVariable? {
        get { values[key] }
        set {
            if values.updateValue(newValue ?? TemplateVariable(.null), forKey: key) == nil {
                keys.append(key)
            }
        }
    }

    var pairs: [(key: String, value: TemplateVariable)] {
        keys.compactMap { key in values[key].map { (key, $0) } }
    }
}

extension DataValue {
    var pythonTypeName: String {
        switch self {
        case .null: "NoneType"
        case .bool: "bool"
        case .integer, .longInteger: "int"
        case .float: "float"
        case .string: "str"
        case .timestamp: "date"
        case .list: "list"
        case .mapping, .keyedMapping: "dict"
        }
    }
}
