import DVSystem

/// A file of a folder in a storage that keeps old versions, as a pointer records it of its source: an entry of `files`.
package struct FileVersion: Hashable, Sendable {
    /// From the folder.
    package let path: RelativePath
    /// As the storage calls its content.
    package let tag: String?
    /// In bytes.
    package let size: Int64?
    /// The name of the version.
    package let id: String?

    package init(path: RelativePath, tag: String?, size: Int64?, id: String?) {
        self.path = path
        self.tag = tag
        self.size = size
        self.id = id
    }
}

extension FileVersion {
    /// Nil for an entry with an MD5, which tells of an output.
    init?(_ entry: DataValue) {
        guard entry.value(atDottedKey: "md5") == nil,
            case .string(let name)? = entry.value(atDottedKey: "relpath"),
            let path = RelativePath(name)
        else { return nil }
        func text(_ key: String) -> String? {
            entry.value(atDottedKey: key).flatMap { $0 == .null ? nil : $0.keyText }
        }
        var size: Int64?
        if case .integer(let number)? = entry.value(atDottedKey: "size") { size = Int64(number) }
        self.init(path: path, tag: text("etag"), size: size, id: text("version_id"))
    }

    /// As DVC writes it.
    var value: DataValue {
        var pairs: [(key: String, value: DataValue)] = [("relpath", .string(path.string))]
        if let tag { pairs.append(("etag", .string(tag))) }
        if let size { pairs.append(("size", .integer(Int(size)))) }
        if let id { pairs.append(("version_id", .string(id))) }
        return .mapping(pairs)
    }

    /// All entries of `files`; nil if it is a list of outputs' files, or none.
    static func list(_ files: DataValue) -> [FileVersion]? {
        guard case .list(let items) = files, !items.isEmpty else { return nil }
        let versions = items.compactMap(FileVersion.init)
        return versions.count == items.count ? versions : nil
    }
}
