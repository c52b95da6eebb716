extension PipelineFile {
    /// Adds a stage behind the others or, where the name is taken, changes that one (`stage add -f`).
    ///
    /// Every byte outside the stage stays; inside only what differs is written anew.
    package func addingStage(_ stage: StageDefinition) throws(FormatError) -> PipelineFile {
        let value = stage.written
        var patch = YAMLPatch(bytes, file: file, root: stagesEntry?.value)
        if let (entry, slot) = slot(of: stage.name, patch) {
            try patch.update(entry.value, in: slot, to: value)
        } else {
            try append(stage.name, value, to: &patch)
        }
        return try verified(patch, having: stage.name, as: value)
    }

    /// Without the stage; unchanged if there is none of that name.
    package func removingStage(named name: String) throws(FormatError) -> PipelineFile {
        guard let stagesEntry, let entries = stagesEntry.value.entries,
            let index = entries.firstIndex(where: { $0.key.text == name })
        else { return self }
        var patch = YAMLPatch(bytes, file: file, root: stagesEntry.value)
        guard let slot = patch.slot(of: stagesEntry) else { throw unusual(stagesEntry.value) }
        var pairs: [(key: String, value: DataValue)] = []
        for entry in entries[..<index] + entries[(index + 1)...] {
            pairs.append((entry.key.text ?? "", try DataValue(entry.value, in: file)))
        }
        try patch.update(stagesEntry.value, in: slot, to: .mapping(pairs))
        return try verified(patch, having: name, as: nil)
    }

    /// Writes `frozen: true` at the end of the stage, or removes it.
    package func settingFrozen(
        _ isFrozen: Bool,
        of name: String
    ) throws(FormatError) -> PipelineFile {
        var patch = YAMLPatch(bytes, file: file, root: stagesEntry?.value)
        guard let (entry, slot) = slot(of: name, patch) else { return self }
        guard case .mapping(var pairs) = try DataValue(entry.value, in: file) else { return self }
        pairs.removeAll { $0.key == "frozen" }
        if isFrozen { pairs.append(("frozen", .bool(true))) }
        try patch.update(entry.value, in: slot, to: .mapping(pairs))
        return try verified(patch, having: name, as: .mapping(pairs))
    }

    private func slot(
        of name: String,
        _ patch: YAMLPatch
    ) -> (entry: YAMLEntry, slot: YAMLPatch.Slot)? {
        guard let entry = stagesEntry?.value.entries?.first(where: { $0.key.text == name }),
            let slot = patch.slot(of: entry)
        else { return nil }
        return (entry, slot)
    }

    private func append(
        _ name: String,
        _ value: DataValue,
        to patch: inout YAMLPatch
    ) throws(FormatError) {
        guard let stagesEntry else {
            return try addStages([(name, value)], to: &patch)
        }
        let node = stagesEntry.value
        guard let entries = node.entries, let first = entries.first, let last = entries.last,
            !node.isFlow, !node.isAlias
        else {
            guard let slot = patch.slot(of: stagesEntry) else { throw unusual(node) }
            var pairs = try DataValue(node, in: file).pairs ?? []
            pairs.append((.string(name), value))
            try patch.update(node, in: slot, to: .keyedMapping(pairs))
            return
        }
        let text = YAMLEmitter.entry(
            name,
            value,
            indent: first.key.column - 1,
            layout: patch.layout
        )
        let place = endOfStages(after: last.value.span.upperBound)
        patch.replace(place..<place, with: text)
    }

    /// Writes the key `stages` into a file that has none.
    private func addStages(
        _ stages: [(key: String, value: DataValue)],
        to patch: inout YAMLPatch
    ) throws(FormatError) {
        let root = try YAMLDocument(parsing: bytes, file: file).root
        let text = YAMLEmitter.entry("stages", .mapping(stages), indent: 0)
        guard let root, root.isFlow else {
            return patch.replace(bytes.count..<bytes.count, with: text)
        }
        var pairs = try DataValue(root, in: file).pairs ?? []
        pairs.append((.string("stages"), .mapping(stages)))
        if try !patch.updateFlow(root, to: .keyedMapping(pairs)) {
            patch.replace(root.span, with: text.dropLast())
        }
    }

    /// Behind the last stage; behind all comments if nothing else follows, as DVC does.
    private func endOfStages(after end: Int) -> Int {
        var position = YAMLText.endOfLine(bytes, after: end)
        let place = position
        while position < bytes.count {
            let line = bytes[position..<YAMLText.endOfLine(bytes, after: position + 1)]
            let first = line.first { !YAMLText.isSpace($0) }
            if first != nil, first != UInt8(ascii: "#") { return place }
            position = line.endIndex
        }
        return bytes.count
    }

    private func unusual(_ node: YAMLNode) -> FormatError {
        FormatError("this layout cannot be edited", at: node, in: file, key: ["stages"])
    }

    /// Parses the edited text, and makes sure that it says what it should.
    private func verified(
        _ patch: YAMLPatch,
        having name: String,
        as value: DataValue?
    ) throws(FormatError) -> PipelineFile {
        let result = try PipelineFile(parsing: patch.applied(), file: file)
        let entry = result.stagesEntry?.value.entries?.first { $0.key.text == name }
        var found: DataValue?
        if let entry { found = try DataValue(entry.value, in: file) }
        guard found == value, try result.entries(except: name) == entries(except: name) else {
            throw FormatError(
                file: file,
                line: entry?.key.line,
                key: "stages.\(name)",
                problem:
                    "the stage cannot be changed without changing others: edit the file by hand"
            )
        }
        return result
    }

    private func entries(except name: String) throws(FormatError) -> [DataValue] {
        var values: [DataValue] = []
        for entry in stagesEntry?.value.entries ?? [] where entry.key.text != name {
            values.append(
                .list([.string(entry.key.text ?? ""), try DataValue(entry.value, in: file)])
            )
        }
        return values
    }
}
