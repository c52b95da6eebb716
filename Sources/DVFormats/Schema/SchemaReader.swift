/// A node of a file while it is read into a model: knows its dotted key, so that every complaint has a place.
struct SchemaReader {
    let node: YAMLNode
    let file: String
    let path: [String]
    /// Takes what is wrong where all is to be told; nil where the first problem ends the reading.
    let problems: SchemaProblems?

    init(
        _ node: YAMLNode,
        file: String,
        path: [String] = [],
        problems: SchemaProblems? = nil
    ) {
        self.problems = problems
        self.node = node
        self.file = file
        self.path = path
    }

    func error(_ problem: String) -> FormatError {
        FormatError(problem, at: node, in: file, key: path)
    }

    private func expected(_ what: String) -> FormatError {
        error("expected \(what), found \(found)")
    }

    private var found: String {
        switch node.content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let text, let style):
            switch style.isQuoted ? .string(text) : YAMLScalar.resolve(text) {
            case .null: "nothing"
            case .bool: "the boolean \(text)"
            case .integer, .float: "the number \(text)"
            case .timestamp: "the date \(text)"
            default: "the text '\(text)'"
            }
        }
    }

    func child(_ key: String, _ node: YAMLNode) -> SchemaReader {
        SchemaReader(node, file: file, path: path + [key], problems: problems)
    }

    // MARK: Collections

    /// The entries of a mapping whose keys are strings.
    func entries(_ what: String = "a mapping") throws(FormatError) -> [SchemaEntry] {
        guard let entries = node.entries else { throw expected(what) }
        var result: [SchemaEntry] = []
        result.reserveCapacity(entries.count)
        for entry in entries {
            let key = SchemaReader(entry.key, file: file, path: path, problems: problems)
            let name = try attempt { () throws(FormatError) in
                try key.string("a key that is text")
            }
            guard let name else { continue }
            result.append(SchemaEntry(name: name, key: key, value: child(name, entry.value)))
        }
        return result
    }

    /// The entries of a mapping of which all keys are known.
    func fields(_ known: [String], what: String = "a mapping") throws(FormatError) -> [SchemaEntry]
    {
        var entries = try entries(what)
        for entry in entries where !known.contains(entry.name) {
            let near = Spelling.nearest(to: entry.name, among: known)
            var problem = near.map { "unknown key, did you mean '\($0)'?" } ?? ""
            if near == nil {
                problem = "unknown key, expected one of \(known.joined(separator: ", "))"
            }
            try note(FormatError(problem, at: entry.key.node, in: file, key: entry.value.path))
        }
        entries.removeAll { !known.contains($0.name) }
        return entries
    }

    func items(_ what: String) throws(FormatError) -> [SchemaReader] {
        guard let items = node.items else { throw expected(what) }
        return items.enumerated().map { child(String($0.offset), $0.element) }
    }

    // MARK: Scalars

    var isNull: Bool {
        guard case .scalar(let text, let style) = node.content, !style.isQuoted else {
            return false
        }
        return node.tag != "str" && YAMLScalar.resolve(text) == .null
    }

    var isMapping: Bool { node.entries != nil }
    var isList: Bool { node.items != nil }

    func string(_ what: String = "text") throws(FormatError) -> String {
        guard case .scalar(let text, let style) = node.content,
            style.isQuoted || node.tag == "str" || isPlainString(text)
        else { throw expected(what) }
        return text
    }

    /// Text for people; with `takesScalars` also what a template made of a number, a flag or nothing.
    func note(takesScalars: Bool) throws(FormatError) -> String {
        guard takesScalars, let text = node.text else { return try string() }
        return text
    }

    private func isPlainString(_ text: String) -> Bool {
        if case .string = YAMLScalar.resolve(text) { true } else { false }
    }

    func bool() throws(FormatError) -> Bool {
        guard case .scalar(let text, .plain) = node.content,
            case .bool(let flag) = YAMLScalar.resolve(text)
        else { throw expected("true or false") }
        return flag
    }

    func integer() throws(FormatError) -> Int {
        guard case .scalar(let text, .plain) = node.content,
            case .integer(let number) = YAMLScalar.resolve(text), number >= 0
        else { throw expected("a whole number") }
        return number
    }

    func strings(_ what: String) throws(FormatError) -> [String] {
        var result: [String] = []
        for item in try items(what) {
            if let text = try attempt({ () throws(FormatError) in try item.string() }) {
                result.append(text)
            }
        }
        return result
    }

    func value() throws(FormatError) -> DataValue {
        try DataValue(node, in: file)
    }
}

/// A key of a mapping with its value.
struct SchemaEntry {
    let name: String
    let key: SchemaReader
    let value: SchemaReader

    /// For reading it again, when nobody gathers problems any more.
    var afterCheck: SchemaEntry {
        func strict(_ reader: SchemaReader) -> SchemaReader {
            SchemaReader(reader.node, file: reader.file, path: reader.path)
        }
        return SchemaEntry(name: name, key: strict(key), value: strict(value))
    }
}
