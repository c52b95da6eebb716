/// How far a file indents, so that what is added looks like the rest.
struct YAMLLayout: Sendable {
    /// Columns from a key to the keys below it.
    var mappingStep = 2
    /// Columns from a key to the dashes below it.
    var listStep = 0

    /// DVC's own.
    static let dvc = YAMLLayout()

    private init() {}

    /// As the first mapping and the first list below `node` are indented.
    init(of node: YAMLNode) {
        let pairs = Self.pairs(below: node)
        let mapping = pairs.first { $0.value.entries != nil }
        let list = pairs.first { $0.value.items != nil }
        if let mapping { mappingStep = Self.step(of: mapping, in: 1...8) ?? mappingStep }
        if let list { listStep = Self.step(of: list, in: 0...8) ?? listStep }
    }

    private static func step(of entry: YAMLEntry, in range: ClosedRange<Int>) -> Int? {
        let step = entry.value.column - entry.key.column
        return range.contains(step) ? step : nil
    }

    /// Keys whose value is a list or mapping on lines of its own, in the order of the file.
    private static func pairs(below node: YAMLNode) -> [YAMLEntry] {
        if node.isFlow || node.isAlias { return [] }
        if let items = node.items { return items.flatMap(pairs) }
        return (node.entries ?? []).filter { !$0.isMerged }.flatMap { entry in
            let isBlock = entry.value.line > entry.key.line && !entry.value.isFlow
            return (isBlock ? [entry] : []) + pairs(below: entry.value)
        }
    }
}
