/// A node of a YAML file and where it stands in the text.
struct YAMLNode: Sendable {
    enum Style: Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded

        var isQuoted: Bool { self != .plain }
    }

    indirect enum Content: Sendable {
        case scalar(String, Style)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    var content: Content
    /// The bytes of the node; of a block collection up to its last item, without trailing comments.
    var span: Range<Int>
    /// From 1, in characters.
    var line: Int
    var column: Int
    /// Written as `[…]` or `{…}`.
    var isFlow = false
    /// Written as `*name`: the content stands elsewhere.
    var isAlias = false
    var isAnchored = false
    /// Resolved tag when one is written, without the `tag:yaml.org,2002:` prefix.
    var tag: String?
    /// Nodes in the tree below, aliases expanded.
    var weight = 1

    /// The written text of a scalar.
    var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    var entries: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    func value(of key: String) -> YAMLNode? {
        entries?.first { $0.key.text == key }?.value
    }
}

/// A key of a mapping with its value.
struct YAMLEntry: Sendable {
    var key: YAMLNode
    var value: YAMLNode
    /// Came through `<<`: the text stands elsewhere.
    var isMerged = false
}

/// The parsed text of one YAML file.
struct YAMLDocument: Sendable {
    let file: String
    let bytes: [UInt8]
    /// Nil if the file holds nothing but comments.
    let root: YAMLNode?
}

extension FormatError {
    init(_ problem: String, at node: YAMLNode, in file: String, key: [String] = []) {
        self.init(
            file: file,
            line: node.line,
            column: node.column,
            key: key.isEmpty ? nil : key.joined(separator: "."),
            problem: problem
        )
    }
}
