/// An entry of `stages` as it is written: one stage, or the pattern of several.
struct StageTemplate: Sendable {
    enum Form: Sendable {
        case single
        /// For each item of a list or mapping.
        case foreach(data: YAMLNode)
        /// For each combination of values.
        case matrix(data: YAMLNode)
    }

    let name: String
    let form: Form
    /// The mapping with `cmd` and the rest.
    let body: YAMLNode

    init(name: String, node: YAMLNode) {
        self.name = name
        if let data = node.value(of: "matrix") {
            form = .matrix(data: data)
            body = node
        } else if let data = node.value(of: "foreach"), let template = node.value(of: "do") {
            form = .foreach(data: data)
            body = template
        } else {
            form = .single
            body = node
        }
    }

    var isGroup: Bool { if case .single = form { false } else { true } }

    /// What is read from an entry beside the keys of a stage.
    static let ownKeys = ["vars", "matrix"]
}

/// One stage that a template generates: how its name ends, and what it may refer to.
struct StageIteration: Sendable {
    let key: String
    var loop: [(name: String, value: TemplateVariable)]
}

extension StageTemplate {
    /// The stages that `foreach` or `matrix` generates, each name once: the first place and the last value count.
    func iterations(_ resolver: TemplateResolver) throws -> [StageIteration] {
        var found: [StageIteration] = []
        var places: [String: Int] = [:]
        func add(_ iteration: StageIteration, at node: YAMLNode) throws {
            guard !iteration.key.isEmpty, !iteration.key.contains("@") else {
                throw TemplateProblem(.unusableName(iteration.key))
                    .located(at: node, in: resolver.file, resolver.subject)
            }
            if let place = places[iteration.key] {
                found[place] = iteration
            } else {
                places[iteration.key] = found.count
                found.append(iteration)
            }
        }
        switch form {
        case .single: break
        case .foreach(let data):
            for item in try Self.items(of: data, resolver) { try add(item, at: data) }
        case .matrix(let data):
            for item in try Self.combinations(of: data, resolver) { try add(item, at: data) }
        }
        return found
    }

    // MARK: foreach

    private static func items(
        of data: YAMLNode,
        _ resolver: TemplateResolver
    ) throws -> [StageIteration] {
        if let entries = data.entries { return try written(entries, resolver) }
        var items: [TemplateResolver.Resolved] = []
        if let nodes = data.items {
            items = try nodes.map { try resolver.value(of: $0) }
        } else {
            let whole = try resolver.value(of: data).variable
            switch whole.content {
            case .mapping(let mapping):
                return mapping.pairs.map { iteration($0.key, $0.value, hasKey: true) }
            case .list(let found):
                items = found.map { TemplateResolver.Resolved(variable: $0, isReference: true) }
            case .scalar:
                throw TemplateProblem(.notIterable(type: whole.typeName))
                    .located(at: data, in: resolver.file, resolver.subject)
            }
        }
        let areNumbered = items.contains { $0.isComposite }
        return items.enumerated().map { index, item in
            iteration(areNumbered ? String(index) : item.nameText, item.variable, hasKey: false)
        }
    }

    /// A mapping that stands in the file; its keys may be numbers.
    private static func written(
        _ entries: [YAMLEntry],
        _ resolver: TemplateResolver
    ) throws -> [StageIteration] {
        try entries.map { entry in
            let key = try resolver.key(of: entry.key).nameText
            return iteration(key, try resolver.value(of: entry.value).variable, hasKey: true)
        }
    }

    private static func iteration(
        _ key: String,
        _ item: TemplateVariable,
        hasKey: Bool
    ) -> StageIteration {
        var iteration = StageIteration(key: key, loop: [("item", item)])
        if hasKey {
            iteration.loop.append(("key", TemplateVariable(.scalar(.string(key)))))
        }
        return iteration
    }

    // MARK: matrix

    private struct Axis {
        let name: String
        let values: [TemplateResolver.Resolved]

        func fragment(_ index: Int) -> String {
            values[index].isComposite ? "\(name)\(index)" : values[index].nameText
        }
    }

    /// A small text must not stand for more stages than memory holds.
    private static let maximumCombinations = 1_000_000

    /// The last axis changes fastest.
    private static func combinations(
        of data: YAMLNode,
        _ resolver: TemplateResolver
    ) throws -> [StageIteration] {
        let axes = try (data.entries ?? []).map { entry in
            Axis(
                name: try resolver.key(of: entry.key).nameText,
                values: try values(of: entry.value, resolver)
            )
        }
        let count = axes.reduce(1.0) { $0 * Double($1.values.count) }
        guard count <= Double(maximumCombinations) else {
            throw TemplateProblem(.tooManyStages(limit: maximumCombinations))
                .located(at: data, in: resolver.file, resolver.subject)
        }
        var chosen: [[Int]] = [[]]
        for axis in axes {
            chosen = chosen.flatMap { start in axis.values.indices.map { start + [$0] } }
        }
        return chosen.map { indices in
            var item = TemplateMapping()
            var fragments: [String] = []
            for (axis, index) in zip(axes, indices) {
                item[axis.name] = axis.values[index].variable
                fragments.append(axis.fragment(index))
            }
            let key = fragments.joined(separator: "-")
            return StageIteration(
                key: key,
                loop: [
                    ("key", TemplateVariable(.scalar(.string(key)))),
                    ("item", TemplateVariable(.mapping(item))),
                ]
            )
        }
    }

    private static func values(
        of node: YAMLNode,
        _ resolver: TemplateResolver
    ) throws -> [TemplateResolver.Resolved] {
        if let items = node.items { return try items.map { try resolver.value(of: $0) } }
        let whole = try resolver.value(of: node)
        func scalar(_ text: String) -> TemplateResolver.Resolved {
            TemplateResolver.Resolved(
                variable: TemplateVariable(.scalar(.string(text))),
                isReference: false
            )
        }
        switch whole.variable.content {
        case .list(let items):
            return items.map { TemplateResolver.Resolved(variable: $0, isReference: true) }
        case .mapping(let mapping): return mapping.keys.map(scalar)
        // A text stands for its characters, as Python iterates over it.
        case .scalar(.string(let text)) where !whole.isReference:
            return text.unicodeScalars.map { scalar(String($0)) }
        case .scalar:
            throw TemplateProblem(.notIterable(type: whole.variable.typeName))
                .located(at: node, in: resolver.file, resolver.subject)
        }
    }
}
