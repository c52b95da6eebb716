/// What `dvc.lock` records of a dataset, and again of each stage that used it.
package struct DatasetLock: Sendable {
    package let definition: DatasetDefinition
    /// As DVC writes it: known fields in its order, those left out that say nothing, files sorted.
    package let value: DataValue

    private static let metadata = [
        "isdir", "size", "nfiles", "isexec", "version_id", "etag", "checksum", "md5", "inode",
        "mtime", "remote",
    ]

    /// Nil for what no version of DVC writes.
    package init?(_ value: DataValue) {
        guard case .mapping(let pairs) = value,
            let definition = try? DatasetDefinition(value)
        else { return nil }
        self.definition = definition
        let fields = Dictionary(pairs.map { ($0.key, $0.value) }) { $1 }
        guard let state = Self.state(of: definition.kind, fields) else { return nil }
        self.value = .mapping(definition.fields + state)
    }

    /// Of `definition` with what tells this state: the fields behind the first ones.
    package init?(_ definition: DatasetDefinition, _ state: [(key: String, value: DataValue)]) {
        self.init(.mapping(definition.fields + state))
    }

    /// The files of a directory, by path.
    package var files: [String: DataValue] {
        guard case .list(let items)? = value.value(atDottedKey: "files") else { return [:] }
        let named = items.compactMap { item -> (String, DataValue)? in
            guard case .string(let path)? = item.value(atDottedKey: "relpath") else { return nil }
            return (path, item)
        }
        return Dictionary(named) { $1 }
    }

    private static func state(
        of kind: DatasetDefinition.Kind,
        _ fields: [String: DataValue]
    ) -> [(key: String, value: DataValue)]? {
        switch kind {
        case .dvc:
            guard case .string(let commit)? = fields["rev_lock"] else { return nil }
            return [("rev_lock", .string(commit))]
        case .dataChain:
            guard let version = fields["version"], let time = fields["created_at"] else {
                return nil
            }
            return [("version", version), ("created_at", .string(time.keyText))]
        case .url:
            guard let meta = fields["meta"], case .mapping = meta else { return nil }
            let files = files(fields["files"])
            return [("meta", known(meta))] + (files.isEmpty ? [] : [("files", .list(files))])
        }
    }

    private static func known(_ meta: DataValue) -> DataValue {
        .mapping(
            metadata.compactMap { key in
                guard let value = meta.value(atDottedKey: key), value != .null,
                    value != .bool(false)
                else { return nil }
                return (key, value)
            }
        )
    }

    private static func files(_ value: DataValue?) -> [DataValue] {
        guard case .list(let items)? = value else { return [] }
        let named = items.compactMap { item -> (String, DataValue)? in
            guard case .string(let path)? = item.value(atDottedKey: "relpath") else { return nil }
            let meta = known(item.value(atDottedKey: "meta") ?? .mapping([]))
            return (path, .mapping([("relpath", .string(path)), ("meta", meta)]))
        }
        return named.sorted { CodePointOrder.precedes($0.0, $1.0) }.map(\.1)
    }
}

extension DatasetLock: Hashable {
    /// The remote that told of a file does not matter.
    package static func == (left: DatasetLock, right: DatasetLock) -> Bool {
        left.value.withoutRemotes == right.value.withoutRemotes
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(definition) }
}

extension DataValue {
    fileprivate var withoutRemotes: DataValue {
        switch self {
        case .list(let items): .list(items.map(\.withoutRemotes))
        case .mapping(let pairs):
            .mapping(pairs.filter { $0.key != "remote" }.map { ($0.key, $0.value.withoutRemotes) })
        default: self
        }
    }
}

extension DatasetLock {
    /// What tells one state from another, for people.
    package var state: String {
        func text(_ key: String) -> String { value.value(atDottedKey: key)?.keyText ?? "" }
        return switch definition.kind {
        case .dvc: String(text("rev_lock").prefix(9))
        case .dataChain: "v" + text("version")
        case .url where !text("meta.md5").isEmpty: text("meta.md5")
        case .url: "\(text("meta.size")) bytes in \(files.count) files"
        }
    }
}
