/// A dataset of a `dvc.yaml` with what the `dvc.lock` beside it records.
package struct Dataset: Hashable, Sendable {
    package let definition: DatasetDefinition
    /// Nil while nothing is recorded of the dataset as it is defined.
    package let lock: DatasetLock?
    /// Something else is recorded than what the definition says now.
    package let isOutOfStep: Bool

    package init(_ definition: DatasetDefinition, recorded: [DataValue]) {
        self.definition = definition
        let entry = recorded.first {
            $0.value(atDottedKey: "name") == .string(definition.name)
        }
        let found = entry.flatMap { DatasetLock($0) }
        lock = found?.definition == definition ? found : nil
        isOutOfStep = found != nil && lock == nil
    }

    /// The name in `ds://NAME`; nil for any other dependency.
    package static func name(inDependency written: String) -> String? {
        guard let colon = written.firstIndex(of: ":"), written[..<colon].lowercased() == "ds"
        else { return nil }
        let rest = written[written.index(after: colon)...]
        guard rest.hasPrefix("//") else { return "" }
        return String(rest.dropFirst(2).prefix { !"/?#".contains($0) })
    }
}

extension LockFile {
    /// What is recorded of datasets, one mapping each.
    package func datasets() throws(FormatError) -> [DataValue] {
        guard hasOtherSections else { return [] }
        let document = try YAMLDocument(parsing: head + tail, file: file)
        guard let node = document.root?.value(of: "datasets") else { return [] }
        guard case .list(let items) = try DataValue(node, in: file) else {
            throw FormatError("expected a list of datasets", at: node, in: file, key: ["datasets"])
        }
        return items
    }
}
