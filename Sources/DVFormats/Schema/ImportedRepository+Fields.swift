extension ImportedRepository {
    init(_ reader: SchemaReader) throws(FormatError) {
        let fields = try reader.fields(
            ["url", "rev", "rev_lock", "config", "remote"],
            what: "a mapping with 'url'"
        )
        guard let url = fields.first(where: { $0.name == "url" }) else {
            throw reader.error("the key 'url' is missing")
        }
        self.init(url: try url.value.string("a path or an address"))
        for field in fields {
            switch field.name {
            // Digits alone are a commit as well.
            case "rev": revision = field.value.node.text
            case "rev_lock": lockedRevision = field.value.node.text
            case "config": configuration = try field.value.value()
            case "remote": remote = try field.value.value()
            default: break
            }
        }
    }

    /// The fields in DVC's order.
    func merged(into old: DataValue?) -> DataValue {
        var pairs: [(key: String, value: DataValue)] = []
        if case .mapping(let known)? = old { pairs = known }
        var fields = FieldSet(pairs)
        fields.set("url", .string(url))
        fields.set("rev", .string(revision ?? ""))
        fields.set("rev_lock", .string(lockedRevision ?? ""))
        fields.set("config", configuration ?? .null)
        fields.set("remote", remote ?? .null)
        return .mapping(fields.pairs)
    }
}

extension PointerDependency {
    func write(into fields: inout FieldSet) {
        guard let repository else {
            recorded.write(into: &fields)
            // Those that are there are kept as they are written.
            if fields["fs_config"] == nil, !storageOptions.isEmpty {
                // As in DVC, the one that a flag gives is no text.
                let pairs = storageOptions.map {
                    ($0.name, $0 == .versions ? .bool(true) : DataValue.string($0.value))
                }
                fields.assign("fs_config", .mapping(pairs))
            }
            if let versions = recorded.versions {
                fields.assign("files", .list(versions.map(\.value)))
            }
            return
        }
        fields.assign("path", .string(recorded.path))
        fields.assign("repo", repository.merged(into: fields["repo"]))
    }
}
