/// The list `datasets` at the top of a `dvc.yaml` or `dvc.lock`, for edits that leave the rest as it is.
struct DatasetSection {
    private let bytes: [UInt8]
    private let file: String
    private let root: YAMLNode?
    private let entry: YAMLEntry?
    /// As written.
    let values: [DataValue]

    init(of bytes: [UInt8], file: String) throws(FormatError) {
        self.bytes = bytes
        self.file = file
        root = try YAMLDocument(parsing: bytes, file: file).root
        entry = root?.entries?.first { $0.key.text == "datasets" }
        guard let entry, case .list(let items) = try DataValue(entry.value, in: file) else {
            values = []
            return
        }
        values = items
    }

    /// The text with `value` in the place of the item at `index`, or behind the others.
    func setting(_ value: DataValue, at index: Int?) throws(FormatError) -> [UInt8] {
        var values = values
        if let index { values[index] = value } else { values.append(value) }
        return try setting(values)
    }

    /// The same with the fields of the item in the order of `value`, which `setting` leaves as it was.
    func renewing(_ index: Int, with value: DataValue) throws(FormatError) -> [UInt8] {
        guard values[index].pairs?.map(\.key) != value.pairs?.map(\.key) else {
            return try setting(value, at: index)
        }
        var both = values
        both.insert(value, at: index)
        let section = try DatasetSection(of: try setting(both), file: file)
        both.remove(at: index + 1)
        return try section.setting(both)
    }

    private func setting(_ values: [DataValue]) throws(FormatError) -> [UInt8] {
        var patch = YAMLPatch(bytes, file: file, root: root)
        guard let entry else {
            let text = YAMLEmitter.entry("datasets", .list(values), indent: 0)
            guard root?.isFlow != true else { throw unusual(root) }
            patch.replace(bytes.count..<bytes.count, with: text)
            return try verified(patch, values)
        }
        guard let slot = patch.slot(of: entry) else { throw unusual(entry.value) }
        try patch.update(entry.value, in: slot, to: .list(values))
        return try verified(patch, values)
    }

    /// Makes sure that nothing else has changed.
    private func verified(
        _ patch: YAMLPatch,
        _ values: [DataValue]
    ) throws(FormatError) -> [UInt8] {
        let text = patch.applied()
        let new = try DatasetSection(of: text, file: file)
        guard new.values == values, try new.others() == others() else { throw unusual(root) }
        return text
    }

    private func others() throws(FormatError) -> [DataValue] {
        var others: [DataValue] = []
        for entry in root?.entries ?? [] where entry.key.text != "datasets" {
            others.append(.string(entry.key.text ?? ""))
            others.append(try DataValue(entry.value, in: file))
        }
        return others
    }

    private func unusual(_ node: YAMLNode?) -> FormatError {
        FormatError(
            file: file,
            line: node?.line,
            column: node?.column,
            key: "datasets",
            problem: "this layout cannot be edited: edit the file by hand"
        )
    }
}

extension PipelineFile {
    /// The text with the dataset added, or in place of the one with its name; keys that only others know stay.
    ///
    /// Nil if that one holds references, whose values are written nowhere.
    package func setting(_ dataset: DatasetDefinition) throws(FormatError) -> [UInt8]? {
        let section = try DatasetSection(of: bytes, file: file)
        let index = try datasets().lastIndex { $0.name == dataset.name }
        guard let index else {
            return try section.setting(.mapping(dataset.fields), at: nil)
        }
        guard case .mapping(let written) = section.values[index],
            case .list(let resolved)? = topLevel.first(where: { $0.key == "datasets" })?.value,
            resolved[index] == section.values[index]
        else { return nil }
        let kept = written.filter { !DatasetDefinition.known.contains($0.key) }
        return try section.setting(.mapping(dataset.fields + kept), at: index)
    }
}

extension DatasetLock {
    /// The text of a `dvc.lock` with this state recorded; a new file for an empty text.
    package func recorded(in bytes: [UInt8], file: String) throws(FormatError) -> [UInt8] {
        guard !bytes.isEmpty else {
            let pairs: [(key: String, value: DataValue)] = [
                ("schema", .string("2.0")), ("datasets", .list([value])), ("stages", .mapping([])),
            ]
            return pairs.flatMap { YAMLEmitter.entry($0.key, $0.value, indent: 0) }
        }
        let section = try DatasetSection(of: bytes, file: file)
        let index = section.values.firstIndex {
            $0.value(atDottedKey: "name") == .string(definition.name)
        }
        guard let index else { return try section.setting(value, at: nil) }
        return section.values[index] == value ? bytes : try section.renewing(index, with: value)
    }
}
