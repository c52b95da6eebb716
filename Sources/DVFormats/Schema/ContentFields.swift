import DVHashing

/// The fields that record content, alike in `.dvc` files and `dvc.lock`.
struct ContentFields {
    /// What remotes and stores with versions say; dvswift keeps what it does not use of it.
    static let kept = ["etag", "checksum", "version_id"] + CloudContent.fields
    static let known = ["path", "hash", "md5", "size", "nfiles", "isexec"] + kept

    private var path: String?
    private var name: ObjectName?
    private var scheme = HashScheme.md5DOS2Unix
    private var size: Int64?
    private var fileCount: Int?
    private var isExecutable = false
    private var cloud: [(key: String, value: DataValue)] = []
    private var mark: ContentMark?
    private var version: String?
    private var versions: [FileVersion]?

    /// Returns false if the field is none of these.
    mutating func read(_ field: SchemaEntry) throws(FormatError) -> Bool {
        switch field.name {
        case "path":
            path = ""
            path = try field.value.string("a path")
        case "hash":
            guard try field.value.string() == "md5" else {
                throw field.value.error("expected 'md5', the only hash that is known")
            }
            scheme = .md5
        case "md5": name = try Self.name(field.value)
        case "size": size = Int64(try field.value.integer())
        case "nfiles": fileCount = try field.value.integer()
        case "isexec": isExecutable = try field.value.bool()
        case "cloud", "files":
            let value = try field.value.value()
            versions = FileVersion.list(value)
            if versions == nil { cloud.append((field.name, value)) }
        case "version_id": version = field.value.isNull ? nil : field.value.node.text
        case "etag", "checksum":
            guard let kind = ContentMark.Kind(rawValue: field.name), !field.value.isNull,
                let text = field.value.node.text
            else { break }
            mark = ContentMark(kind, text)
        default: return Self.kept.contains(field.name)
        }
        return true
    }

    /// Digits alone are a digest too, so the type that YAML gives the text does not matter.
    private static func name(_ reader: SchemaReader) throws(FormatError) -> ObjectName? {
        guard let text = reader.node.text, !text.isEmpty, !reader.isNull else { return nil }
        guard let name = ObjectName(text.lowercased()) else {
            throw reader.error("expected an MD5 of 32 hexadecimal digits, found '\(text)'")
        }
        return name
    }

    func recorded(in reader: SchemaReader) throws(FormatError) -> RecordedPath {
        guard let path else { throw reader.error("the key 'path' is missing") }
        let content = try content(in: reader)
        var mark = content == nil ? mark : nil
        mark?.size = size
        mark?.version = version
        var recorded = RecordedPath(path: path, content: content, mark: mark)
        recorded.versions = content == nil ? versions : nil
        return recorded
    }

    private func content(in reader: SchemaReader) throws(FormatError) -> ContentRecord? {
        let versions: CloudContent?
        do {
            versions = try CloudContent(cloud)
            // As in DVC, the files of a directory count, not the name that their listing had.
            if let record = try versions?.record() { return record }
        } catch {
            throw reader.error("\(error.file): \(error.problem)")
        }
        guard let name else { return nil }
        var record = ContentRecord(
            name,
            scheme: scheme,
            size: size,
            fileCount: fileCount,
            isExecutable: isExecutable
        )
        record.cloud = versions
        return record
    }

    /// The fields of a record as DVC orders them in `.dvc` files; without `path` and `hash`.
    static func pairs(_ recorded: RecordedPath) -> [(key: String, value: DataValue)] {
        guard let content = recorded.content else { return recorded.mark?.pairs ?? [] }
        // The files of a directory stand for its name.
        guard content.cloud?.members == nil else { return [] }
        var pairs: [(key: String, value: DataValue)] = [("md5", .string(content.name.text))]
        if let size = content.size { pairs.append(("size", .integer(Int(size)))) }
        if let count = content.fileCount { pairs.append(("nfiles", .integer(count))) }
        if content.isExecutable { pairs.append(("isexec", .bool(true))) }
        return pairs
    }

    /// What a record says of versions, behind all else.
    static func cloudPairs(_ content: ContentRecord?) -> [(key: String, value: DataValue)] {
        content?.cloud?.pairs ?? []
    }

    static func isLegacy(_ content: ContentRecord?) -> Bool {
        content?.scheme == .md5DOS2Unix
    }
}
