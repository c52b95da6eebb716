extension YAMLDocument {
    /// Parses one document; `firstLine` is the number of its first line, for a part of a file.
    init(parsing bytes: [UInt8], file: String, firstLine: Int = 1) throws(FormatError) {
        self.file = file
        self.bytes = bytes
        root = try YAMLComposer.root(of: bytes, file: file, firstLine: firstLine)
    }
}

/// Builds the tree of nodes from events.
private struct YAMLComposer: ~Copyable {
    /// A file cannot make a small text stand for a huge tree with aliases.
    private static let maximumWeight = 5_000_000
    private static let maximumDepth = 500

    private var reader: YAMLEventReader
    private let file: String
    private var anchors: [String: YAMLNode] = [:]
    private var path: [String] = []

    private init(reader: consuming YAMLEventReader, file: String) {
        self.reader = reader
        self.file = file
    }

    static func root(
        of bytes: [UInt8],
        file: String,
        firstLine: Int
    ) throws(FormatError) -> YAMLNode? {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<YAMLNode?, FormatError> in
            Result { () throws(FormatError) -> YAMLNode? in
                let reader = try YAMLEventReader(buffer, file: file, firstLine: firstLine)
                var composer = YAMLComposer(reader: reader, file: file)
                return try composer.document()
            }
        }
        return try result.get()
    }

    private mutating func document() throws(FormatError) -> YAMLNode? {
        _ = try reader.next()
        guard case .documentStart = try reader.next().kind else { return nil }
        let root = try node(try reader.next(), depth: 0)
        _ = try reader.next()
        let event = try reader.next()
        if case .streamEnd = event.kind { return isEmpty(root) ? nil : root }
        throw FormatError(
            file: file,
            line: event.line,
            column: event.column,
            problem: "expected one YAML document, found a second one"
        )
    }

    private func isEmpty(_ root: YAMLNode) -> Bool {
        root.text?.isEmpty == true && root.span.isEmpty
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(FormatError) -> YAMLNode {
        var node = YAMLNode(
            content: .sequence([]),
            span: event.span,
            line: event.line,
            column: event.column,
            isFlow: event.isFlow,
            isAnchored: event.anchor != nil,
            tag: event.tag.map(Self.shortTag)
        )
        guard depth < Self.maximumDepth else {
            // Without its key, which has as many parts.
            throw FormatError("nested too deeply", at: node, in: file, key: [])
        }
        switch event.kind {
        case .scalar(let text, let style): node.content = .scalar(text, style)
        case .alias: return try alias(event, at: node)
        case .sequenceStart: try fillSequence(&node, depth: depth)
        case .mappingStart: try fillMapping(&node, depth: depth)
        default: throw error(FormatError.notYAML + "a value is missing", at: node)
        }
        if let anchor = event.anchor { anchors[anchor] = node }
        return node
    }

    private static func shortTag(_ tag: String) -> String {
        let prefix = "tag:yaml.org,2002:"
        return tag.hasPrefix(prefix) ? String(tag.dropFirst(prefix.count)) : tag
    }

    private func alias(_ event: YAMLEvent, at place: YAMLNode) throws(FormatError) -> YAMLNode {
        guard let name = event.anchor, var node = anchors[name] else {
            throw error("undefined alias '*\(event.anchor ?? "")'", at: place)
        }
        node.span = event.span
        node.line = event.line
        node.column = event.column
        node.isAlias = true
        return node
    }

    private mutating func fillSequence(_ node: inout YAMLNode, depth: Int) throws(FormatError) {
        var items: [YAMLNode] = []
        while true {
            let event = try reader.next()
            if case .sequenceEnd = event.kind {
                close(&node, at: event, last: items.last)
                node.content = .sequence(items)
                return
            }
            path.append(String(items.count))
            let item = try self.node(event, depth: depth + 1)
            path.removeLast()
            try add(item, to: &node)
            items.append(item)
        }
    }

    private mutating func fillMapping(_ node: inout YAMLNode, depth: Int) throws(FormatError) {
        var mapping = MappingBuilder()
        var last: YAMLNode?
        while true {
            let event = try reader.next()
            if case .mappingEnd = event.kind {
                close(&node, at: event, last: last)
                node.content = .mapping(mapping.merged + mapping.entries)
                return
            }
            let key = try self.node(event, depth: depth + 1)
            guard let text = key.text else {
                throw error("expected a plain key, found a list or mapping", at: key)
            }
            path.append(text)
            let value = try self.node(try reader.next(), depth: depth + 1)
            try add(key, to: &node)
            try add(value, to: &node)
            if let problem = mapping.add(key, value) {
                throw error(problem, at: key)
            }
            path.removeLast()
            last = value.span.isEmpty ? key : value
        }
    }

    private func close(_ node: inout YAMLNode, at event: YAMLEvent, last: YAMLNode?) {
        let end = node.isFlow ? event.span.upperBound : last?.span.upperBound
        node.span = node.span.lowerBound..<max(node.span.lowerBound, end ?? 0)
    }

    private func add(_ child: YAMLNode, to node: inout YAMLNode) throws(FormatError) {
        node.weight += child.weight
        if node.weight > Self.maximumWeight {
            throw error("its aliases stand for too many values", at: child)
        }
    }

    private func error(_ problem: String, at node: YAMLNode) -> FormatError {
        FormatError(problem, at: node, in: file, key: path)
    }
}

/// Collects the entries of a mapping: duplicates are refused, `<<` is resolved.
private struct MappingBuilder {
    private(set) var merged: [YAMLEntry] = []
    private(set) var entries: [YAMLEntry] = []
    private var hasMerge = false
    /// Line of each key, once there are many.
    private var lines: [String: Int] = [:]
    private static let linearLimit = 12

    /// Returns what is wrong, if anything.
    mutating func add(_ key: YAMLNode, _ value: YAMLNode) -> String? {
        guard case .scalar(let text, let style) = key.content else { return nil }
        if text == "<<", style == .plain { return merge(value) }
        if let line = line(of: key, text) {
            return "duplicate key '\(text)', first on line \(line)"
        }
        merged.removeAll { $0.key.text == text }
        entries.append(YAMLEntry(key: key, value: value))
        return nil
    }

    private mutating func line(of key: YAMLNode, _ text: String) -> Int? {
        if entries.count < Self.linearLimit {
            return entries.first { $0.key.text == text && isSameKind($0.key, key) }?.key.line
        }
        if lines.isEmpty {
            for entry in entries { lines[identity(entry.key)] = entry.key.line }
        }
        let identity = identity(key)
        if let line = lines[identity] { return line }
        lines[identity] = key.line
        return nil
    }

    private func isSameKind(_ left: YAMLNode, _ right: YAMLNode) -> Bool {
        identity(left) == identity(right)
    }

    /// `1` and `'1'` are two keys.
    private func identity(_ key: YAMLNode) -> String {
        guard case .scalar(let text, let style) = key.content else { return "" }
        return style.isQuoted || YAMLScalar.isString(text) ? "s" + text : "p" + text
    }

    private mutating func merge(_ value: YAMLNode) -> String? {
        if hasMerge { return "duplicate key '<<'" }
        hasMerge = true
        let sources = value.items ?? [value]
        for source in sources {
            guard let pairs = source.entries else {
                return "expected a mapping to merge, found something else"
            }
            for var entry in pairs
            where !(merged + entries).contains(where: { $0.key.text == entry.key.text }) {
                entry.isMerged = true
                merged.append(entry)
            }
        }
        return nil
    }
}
