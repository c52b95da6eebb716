/// The variables that a template sees.
struct VariableScope: Sendable {
    private var variables = TemplateMapping()
    /// Files that were loaded; nil means all of it, else the keys.
    private var imports: [String: [String]?] = [:]
    /// `item` and `key` of a generated stage: they hide others and cannot be defined.
    var loop: [(name: String, value: TemplateVariable)] = []

    /// The value of what stands in `${…}`.
    func variable(_ inner: String, named shown: String) throws(TemplateProblem) -> TemplateVariable
    {
        let steps = TemplateReference.steps(of: inner)
        guard var found = root(steps[0]) else {
            throw TemplateProblem(.notFound(shown, nearest: nearest(to: steps, from: nil)))
        }
        for (index, step) in steps.enumerated().dropFirst() {
            guard let next = found.child(step) else {
                let near = nearest(to: steps.prefix(index + 1).map(\.self), from: found)
                throw TemplateProblem(.notFound(shown, nearest: near))
            }
            found = next
        }
        return found
    }

    private func root(_ name: Substring) -> TemplateVariable? {
        for entry in loop where entry.name == name { return entry.value }
        return variables[String(name)]
    }

    /// The known name that the last step may be a slip of.
    private func nearest(to steps: [Substring], from parent: TemplateVariable?) -> String? {
        var names = variables.keys + loop.map(\.name)
        if let parent {
            guard case .mapping(let mapping) = parent.content else { return nil }
            names = mapping.keys
        }
        // Quotes, which other languages have in brackets, are part of a name here.
        guard let last = steps.last,
            let name = Spelling.nearest(to: last.filter { !"'\"".contains($0) }, among: names)
        else { return nil }
        return (steps.dropLast().map(String.init) + [name]).joined(separator: ".")
    }

    /// Whether a name is defined by a file or by `vars`.
    func defines(_ name: String) -> Bool { variables[name] != nil }

    // MARK: Definitions

    /// Adds the mapping of a `vars` entry.
    mutating func define(_ value: DataValue, source: String) throws(TemplateProblem) {
        try merge(TemplateVariable(value, source: .entry(source)), file: nil)
    }

    /// Adds a file, or some keys of it; once is enough for a whole file.
    mutating func load(
        _ file: VariableFile,
        keys: [String]?,
        as item: String
    ) throws(TemplateProblem) {
        if let imported = imports[file.name] {
            if keys == nil, imported == nil { return }
            try check(imported, keys, item)
        }
        let value = try Self.selected(keys, of: file)
        try merge(TemplateVariable(value, source: .file(file.name, key: "")), file: item)
        if let known = imports[file.name] {
            imports[file.name] = .some(known.map { $0 + (keys ?? []) })
        } else {
            imports[file.name] = .some(keys)
        }
    }

    private func check(
        _ imported: [String]?,
        _ keys: [String]?,
        _ item: String
    ) throws(TemplateProblem) {
        guard let imported else { throw TemplateProblem(.alreadyLoaded(item)) }
        guard let keys, Set(keys).isDisjoint(with: imported) else {
            throw TemplateProblem(.partlyLoaded(item))
        }
    }

    private static func selected(
        _ keys: [String]?,
        of file: VariableFile
    ) throws(TemplateProblem) -> DataValue {
        switch file.content {
        case .missing: throw TemplateProblem(.fileMissing(file.name))
        case .directory: throw TemplateProblem(.fileIsDirectory(file.name))
        case .values(.keyedMapping(let pairs)) where keys == nil: return .keyedMapping(pairs)
        case .values(let value):
            guard value.pythonTypeName == "dict" else {
                throw TemplateProblem(.fileNotMapping(file.name, type: value.pythonTypeName))
            }
            guard let keys else { return value }
            var pairs: [(key: String, value: DataValue)] = []
            let top = Dictionary(value.topValues.map { ($0.key, $0.value) }) { $1 }
            for key in keys where !pairs.contains(where: { $0.key == key }) {
                guard let value = top[key] else {
                    throw TemplateProblem(.keyNotInFile(key, file: file.name))
                }
                pairs.append((key, value))
            }
            return .mapping(pairs)
        }
    }

    private mutating func merge(
        _ variable: TemplateVariable,
        file: String?
    ) throws(TemplateProblem) {
        guard case .mapping(let added) = variable.content else { return }
        let reserved = loop.map(\.name).filter { added[$0] != nil }
        if !reserved.isEmpty { throw TemplateProblem(.reserved(reserved, file: file)) }
        try Self.merge(added, into: &variables, path: "")
    }

    /// Mappings are united; a name with two values is an error.
    private static func merge(
        _ added: TemplateMapping,
        into known: inout TemplateMapping,
        path: String
    ) throws(TemplateProblem) {
        for (key, variable) in added.pairs {
            guard let existing = known[key] else {
                known[key] = variable
                continue
            }
            guard case .mapping(var old) = existing.content,
                case .mapping(let new) = variable.content
            else {
                throw TemplateProblem(
                    .redefined(
                        path + key,
                        source: variable.source.name,
                        existing: existing.source.name
                    )
                )
            }
            try merge(new, into: &old, path: path + key + ".")
            known[key] = TemplateVariable(.mapping(old), source: existing.source)
        }
    }
}
