import DVFormats

/// What differs, in the exact structure of `dvc status --json`.
package struct StatusReport: Hashable, Sendable {
    /// The state of one dependency, parameter file or output.
    package enum State: Hashable, Sendable {
        /// "modified", "deleted", "new" or "not in cache".
        case text(String)
        /// The state of each changed parameter, in order.
        case parameters([Parameter])
    }

    package struct Parameter: Hashable, Sendable {
        package let key: String
        package let state: String

        package init(key: String, state: String) {
            self.key = key
            self.state = state
        }
    }

    package struct Item: Hashable, Sendable {
        package let path: String
        package let state: State

        package init(path: String, state: State) {
            self.path = path
            self.state = state
        }
    }

    package enum Entry: Hashable, Sendable {
        /// `{"changed deps": {…}}`
        case dependencies([Item])
        /// `{"changed outs": {…}}`
        case outputs([Item])
        /// `"changed command"` or `"always changed"`
        case text(String)
    }

    package struct ChangedStage: Hashable, Sendable {
        package let address: String
        package let entries: [Entry]
    }

    package private(set) var stages: [ChangedStage] = []

    package init() {}

    package var isEmpty: Bool { stages.isEmpty }

    /// Adds what `Staleness.reasons` found; nothing if it found nothing.
    package mutating func append(_ stage: Stage, _ reasons: [StaleReason]) {
        if reasons.isEmpty { return }
        stages.append(ChangedStage(address: stage.address, entries: Self.entries(reasons)))
    }

    private static func entries(_ reasons: [StaleReason]) -> [Entry] {
        var inputs = OrderedItems()
        var outputs = OrderedItems()
        var texts: [Entry] = []
        for reason in reasons {
            switch reason {
            case .dependency(let change): inputs.set(change.path, .text(change.change.rawValue))
            case .dataset(let change): inputs.set(change.path, .text(change.change.rawValue))
            case .parameterFile(let file, let change): inputs.set(file, .text(change.rawValue))
            case .parameter(let change): inputs.add(change)
            case .output(let change): outputs.set(change.path, .text(change.change.rawValue))
            case .alwaysChanged: texts.append(.text("always changed"))
            case .checksum: texts.append(.text("changed checksum"))
            case .command: texts.append(.text("changed command"))
            }
        }
        var entries: [Entry] = []
        if !inputs.items.isEmpty { entries.append(.dependencies(inputs.items)) }
        if !outputs.items.isEmpty { entries.append(.outputs(outputs.items)) }
        return entries + texts
    }
}

/// Items with unique paths, where a later state replaces an earlier one in its place.
private struct OrderedItems {
    private(set) var items: [StatusReport.Item] = []

    mutating func set(_ path: String, _ state: StatusReport.State) {
        let item = StatusReport.Item(path: path, state: state)
        if let position = items.firstIndex(where: { $0.path == path }) {
            items[position] = item
        } else {
            items.append(item)
        }
    }

    mutating func add(_ change: ParameterChange) {
        let parameter = StatusReport.Parameter(key: change.key, state: change.change.rawValue)
        var parameters = [parameter]
        if let item = items.last, item.path == change.file,
            case .parameters(let earlier) = item.state
        {
            parameters = earlier + parameters
        }
        set(change.file, .parameters(parameters))
    }
}

extension StatusReport {
    /// The report as nested mappings and lists, ready for a JSON writer.
    package var value: DataValue {
        .mapping(stages.map { ($0.address, .list($0.entries.map(Self.value))) })
    }

    private static func value(_ entry: Entry) -> DataValue {
        switch entry {
        case .dependencies(let items): .mapping([("changed deps", value(items))])
        case .outputs(let items): .mapping([("changed outs", value(items))])
        case .text(let text): .string(text)
        }
    }

    private static func value(_ items: [Item]) -> DataValue {
        .mapping(
            items.map { item in
                switch item.state {
                case .text(let text): (item.path, .string(text))
                case .parameters(let parameters):
                    (item.path, .mapping(parameters.map { ($0.key, .string($0.state)) }))
                }
            }
        )
    }
}
