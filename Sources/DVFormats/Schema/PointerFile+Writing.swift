extension PointerFile {
    /// The text of a new file, as DVC writes it.
    package func serialized() -> [UInt8] {
        let pairs = merged(into: []).map { (key: DataValue.string($0.key), value: $0.value) }
        return YAMLEmitter.entries(pairs, indent: 0)
    }

    /// What the `md5` of an import is computed of: all but annotations, sizes and whether it is frozen.
    package var stageContent: DataValue {
        DataValue.mapping(merged(into: [])).dropping(Self.annotations)
    }

    /// The same of a file as it is, with fields that dvswift does not use.
    package static func stageContent(
        of text: [UInt8],
        file: String
    ) throws(FormatError) -> DataValue {
        try DataValue.parseYAML(text, file: file).dropping(annotations)
    }

    private static let annotations: Set<String> = [
        "md5", "desc", "type", "labels", "meta", "locked", "frozen", "metric", "persist", "isexec",
        "size", "nfiles",
    ]

    /// The text of a file that exists, with only what differs written anew.
    ///
    /// Comments, order, quoting and fields that dvswift does not use survive. Outputs and dependencies are matched by
    /// path, else by position.
    package func serialized(updating original: [UInt8], file: String) throws(FormatError) -> [UInt8]
    {
        let document = try YAMLDocument(parsing: original, file: file)
        guard let root = document.root, case .mapping(let old) = try DataValue(root, in: file)
        else {
            return serialized()
        }
        let value = DataValue.mapping(merged(into: old))
        var patch = YAMLPatch(original, file: file, root: root)
        let slot = YAMLPatch.Slot(start: root.span.lowerBound, column: 0, indent: -2)
        try patch.update(root, in: slot, to: value)
        let text = patch.applied()
        guard try DataValue.parseYAML(text, file: file) == value else {
            throw FormatError(
                file: file,
                problem: "the layout of the file cannot be edited: remove its anchors"
            )
        }
        return text
    }

    private func merged(
        into old: [(key: String, value: DataValue)]
    ) -> [(key: String, value: DataValue)] {
        var fields = FieldSet(old)
        fields.set("desc", .string(description ?? ""))
        fields.set("md5", .string(stageDigest ?? ""))
        if workingDirectory != "." || fields["wdir"] == nil {
            fields.set("wdir", .string(workingDirectory == "." ? "" : workingDirectory ?? ""))
        }
        if fields["locked"] != .bool(true) || !isFrozen { fields.set("frozen", .bool(isFrozen)) }
        if !isFrozen { fields.set("locked", .bool(false)) }
        let oldDependencies = fields["deps"]
        let oldOutputs = fields["outs"]
        fields.set(
            "deps",
            .list(
                matched(dependencies.map(\.recorded.path), oldDependencies) { index, fields in
                    dependencies[index].write(into: &fields)
                }
            )
        )
        fields.set(
            "outs",
            .list(
                matched(outputs.map(\.recorded.path), oldOutputs) { index, fields in
                    outputs[index].recorded.write(into: &fields)
                    outputs[index].options.write(into: &fields)
                }
            )
        )
        fields.set("meta", meta ?? .null)
        return fields.pairs
    }

    /// One mapping per path, made from the old one of that path.
    private func matched(
        _ paths: [String],
        _ old: DataValue?,
        write: (Int, inout FieldSet) -> Void
    ) -> [DataValue] {
        var oldItems: [[(key: String, value: DataValue)]] = []
        if case .list(let values)? = old {
            oldItems = values.map { if case .mapping(let pairs) = $0 { pairs } else { [] } }
        }
        return paths.indices.map { index in
            let same = oldItems.first { pairs in
                pairs.contains { $0.key == "path" && $0.value == .string(paths[index]) }
            }
            let isSameLength = oldItems.count == paths.count
            var fields = FieldSet(same ?? (isSameLength ? oldItems[index] : []))
            write(index, &fields)
            return .mapping(fields.pairs)
        }
    }
}

/// The entries of a mapping while they are rewritten: known ones keep their place, new ones are appended.
struct FieldSet {
    private(set) var pairs: [(key: String, value: DataValue)]

    init(_ pairs: [(key: String, value: DataValue)]) {
        self.pairs = pairs
    }

    subscript(key: String) -> DataValue? { pairs.first { $0.key == key }?.value }

    /// A value that is empty or false removes the key, unless it says the same already.
    mutating func set(_ key: String, _ value: DataValue) {
        if value.isEmptyOrFalse {
            pairs.removeAll { $0.key == key && !$0.value.isEmptyOrFalse }
        } else {
            assign(key, value)
        }
    }

    mutating func assign(_ key: String, _ value: DataValue) {
        if let index = pairs.firstIndex(where: { $0.key == key }) {
            pairs[index].value = value
        } else {
            pairs.append((key, value))
        }
    }

    mutating func remove(_ key: String) {
        pairs.removeAll { $0.key == key }
    }
}

extension RecordedPath {
    func write(into fields: inout FieldSet) {
        let content = self.content?.keepingVersions(of: fields.pairs)
        let isForeign = ContentFields.kept.contains { fields[$0] != nil } || fields["repo"] != nil
        if content != nil || mark != nil || versions != nil {
            var recorded = self
            recorded.content = content
            let written = ContentFields.pairs(recorded)
            // A folder may have taken the place of a file that had a mark, or the reverse.
            let isMarked = fields["md5"] == nil && mark == nil
            let marks = isMarked ? ContentMark.Kind.allCases.map(\.rawValue) : []
            for key in marks { fields.remove(key) }
            if mark != nil || versions != nil { fields.remove("md5") }
            if mark != nil || versions != nil { fields.remove("files") }
            if mark?.version == nil, mark != nil || versions != nil {
                fields.remove("version_id")
            }
            for (key, value) in written { fields.assign(key, value) }
            for key in ["md5", "size", "nfiles", "isexec"]
            where !written.contains(where: { $0.key == key }) {
                fields.remove(key)
            }
        } else if !isForeign {
            for key in ["md5", "size", "nfiles", "isexec"] { fields.remove(key) }
        }
        if !ContentFields.isLegacy(content), content != nil || !isForeign {
            fields.assign("hash", .string("md5"))
        }
        if !path.isEmpty { fields.assign("path", .string(path)) }
        guard let content else { return }
        let versions = ContentFields.cloudPairs(content)
        for key in CloudContent.fields where !versions.contains(where: { $0.key == key }) {
            fields.remove(key)
        }
        for (key, value) in versions { fields.assign(key, value) }
    }
}

extension OutputOptions {
    fileprivate func write(into fields: inout FieldSet) {
        fields.set("desc", .string(description ?? ""))
        fields.set("type", .string(type ?? ""))
        fields.set("labels", .list(labels.map { .string($0) }))
        fields.set("meta", meta ?? .null)
        if isCached {
            if fields["cache"] != .bool(true) { fields.remove("cache") }
        } else {
            fields.assign("cache", .bool(false))
        }
        fields.set("persist", .bool(isPersistent))
        fields.set("remote", .string(remote ?? ""))
        if isPushed {
            if fields["push"] != .bool(true) { fields.remove("push") }
        } else {
            fields.assign("push", .bool(false))
        }
    }
}
