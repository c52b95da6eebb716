extension DataValue {
    /// The value of a YAML file; a file without any is null.
    package static func parseYAML(_ bytes: [UInt8], file: String) throws(FormatError) -> DataValue {
        let document = try YAMLDocument(parsing: bytes, file: file)
        guard let root = document.root else { return .null }
        return try DataValue(root, in: file)
    }

    /// As DVC's YAML printer writes it, with every line starting at `indent` or deeper.
    package func yaml(indent: Int = 0) -> String {
        let text: [UInt8]
        switch self {
        case .mapping(let pairs) where !pairs.isEmpty:
            text = YAMLEmitter.entries(pairs.map { (.string($0.key), $0.value) }, indent: indent)
        case .keyedMapping(let pairs) where !pairs.isEmpty:
            text = YAMLEmitter.entries(pairs, indent: indent)
        case .list(let values) where !values.isEmpty:
            text = YAMLEmitter.items(values, indent: indent)
        case .null: text = Array("null\n".utf8)
        default:
            text =
                YAMLEmitter.value(self, column: 0, indent: indent, isItem: true) + Array("\n".utf8)
        }
        return String(decoding: text, as: UTF8.self)
    }

    init(_ node: YAMLNode, in file: String) throws(FormatError) {
        switch node.content {
        case .scalar(let text, let style):
            self = try Self.scalar(text, style, of: node, in: file)
        case .sequence(let items):
            var values: [DataValue] = []
            values.reserveCapacity(items.count)
            for item in items { values.append(try DataValue(item, in: file)) }
            self = .list(values)
        case .mapping(let entries):
            self = try Self.mapping(entries, in: file)
        }
    }

    private static func mapping(
        _ entries: [YAMLEntry],
        in file: String
    ) throws(FormatError) -> DataValue {
        var pairs: [(key: String, value: DataValue)] = []
        pairs.reserveCapacity(entries.count)
        var keys: [DataValue] = []
        for entry in entries {
            let key = try DataValue(entry.key, in: file)
            keys.append(key)
            pairs.append((entry.key.text ?? "", try DataValue(entry.value, in: file)))
        }
        let isPlain = keys.allSatisfy { if case .string = $0 { true } else { false } }
        if isPlain { return .mapping(pairs) }
        return .keyedMapping(zip(keys, pairs).map { ($0, $1.value) })
    }

    private static func scalar(
        _ text: String,
        _ style: YAMLNode.Style,
        of node: YAMLNode,
        in file: String
    ) throws(FormatError) -> DataValue {
        guard let tag = node.tag else {
            return style.isQuoted ? .string(text) : YAMLScalar.resolve(text)
        }
        let value = YAMLScalar.resolve(text)
        switch (tag, value) {
        case ("str", _), ("!", _): return .string(text)
        case ("float", .integer(let number)): return .float(Double(number))
        case ("float", .float), ("int", .integer), ("int", .longInteger), ("bool", .bool),
            ("null", .null),
            ("timestamp", .timestamp):
            return value
        default:
            throw FormatError("the tag '\(tag)' is not supported here", at: node, in: file)
        }
    }
}
