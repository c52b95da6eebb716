import DVHashing
import DVSystem

/// Which version of a file a store has that keeps old ones.
package struct CloudVersion: Hashable, Sendable {
    /// The name of the remote; empty where a record does not say, which DVC leaves out after `update` of a directory.
    package var remote: String
    package var etag: String?
    package var id: String?

    package init(remote: String, etag: String?, id: String?) {
        self.remote = remote
        self.etag = etag
        self.id = id
    }
}

extension CloudVersion {
    /// Whether it may be one of this remote.
    package func isOf(_ name: String) -> Bool { remote == name || remote.isEmpty }
}

/// What records say of remotes with `version_aware`: `cloud` of a file, and `files`, which stands for the listing of a directory.
package struct CloudContent: Hashable, Sendable {
    /// A file of a directory, as `files` has it.
    package struct Member: Hashable, Sendable {
        package let path: RelativePath
        package let digest: Digest
        package var size: Int64?
        package var isExecutable = false
        package var version: CloudVersion?

        package init(path: RelativePath, digest: Digest) {
            self.path = path
            self.digest = digest
        }
    }

    /// Of a file.
    package var version: CloudVersion?
    /// Of a directory, in the order of listings; nil for a file.
    package private(set) var members: [Member]?

    package init(version: CloudVersion) { self.version = version }

    package init(members: [Member]) { self.members = members }

    /// The listing that the members make; nil for a file.
    package func listing() throws(FormatError) -> DirectoryListing? {
        guard let members else { return nil }
        var builder = DirectoryListing.Builder(reserving: members.count)
        for member in members { builder.append(member.path, member.digest) }
        return try builder.finish(file: "files")
    }
}

extension CloudContent {
    static let fields = ["cloud", "files"]

    /// What the fields of a record say; nil if nothing.
    init?(_ fields: [(key: String, value: DataValue)]) throws(FormatError) {
        let values = DataValue.mapping(fields)
        if case .list(let items)? = values.value(atDottedKey: "files") {
            var members: [Member] = []
            for item in items { members.append(try Member(item)) }
            self.init(members: members)
        } else if let version = CloudVersion(values.value(atDottedKey: "cloud")) {
            self.init(version: version)
        } else {
            return nil
        }
    }

    /// As DVC writes it.
    var pairs: [(key: String, value: DataValue)] {
        if let members { return [("files", .list(members.map(\.value)))] }
        return version.map { [("cloud", $0.value)] } ?? []
    }

    /// The record of the directory.
    package func record() throws(FormatError) -> ContentRecord? {
        guard let members, let listing = try listing() else { return nil }
        let sizes = members.compactMap(\.size)
        var record = ContentRecord(
            listing.objectName(),
            size: sizes.count == members.count ? sizes.reduce(0, +) : nil,
            fileCount: members.count
        )
        record.cloud = self
        return record
    }
}

extension CloudContent.Member {
    fileprivate init(_ value: DataValue) throws(FormatError) {
        guard case .string(let name)? = value.value(atDottedKey: "relpath"),
            let path = RelativePath(name),
            let digest = value.value(atDottedKey: "md5").flatMap({ Digest(hex: $0.keyText) })
        else { throw FormatError(file: "files", problem: "expected 'relpath' and 'md5' of a file") }
        self.init(path: path, digest: digest)
        if case .integer(let size)? = value.value(atDottedKey: "size") { self.size = Int64(size) }
        isExecutable = value.value(atDottedKey: "isexec") == .bool(true)
        version =
            CloudVersion(value.value(atDottedKey: "cloud")) ?? CloudVersion(remote: "", of: value)
    }

    fileprivate var value: DataValue {
        var pairs: [(key: String, value: DataValue)] = [
            ("relpath", .string(path.string)), ("md5", .string(digest.hex)),
        ]
        if let size { pairs.append(("size", .integer(Int(size)))) }
        if isExecutable { pairs.append(("isexec", .bool(true))) }
        if let version {
            pairs +=
                version.remote.isEmpty
                ? version.pairs.reversed() : [("cloud", version.value)]
        }
        return .mapping(pairs)
    }
}

extension CloudVersion {
    /// As in DVC, the first remote counts.
    init?(_ cloud: DataValue?) {
        guard case .mapping(let remotes)? = cloud, let first = remotes.first else { return nil }
        self.init(fields: first.value, remote: first.key)
    }

    /// Of an entry that tells a version without saying of which remote.
    fileprivate init?(remote: String, of entry: DataValue) {
        self.init(fields: entry, remote: remote)
        if id == nil { return nil }
    }

    private init(fields: DataValue, remote: String) {
        func text(_ key: String) -> String? {
            guard let value = fields.value(atDottedKey: key), value != .null else { return nil }
            return value.keyText
        }
        self.init(remote: remote, etag: text("etag"), id: text("version_id"))
    }

    fileprivate var pairs: [(key: String, value: DataValue)] {
        var pairs: [(key: String, value: DataValue)] = []
        if let etag { pairs.append(("etag", .string(etag))) }
        if let id { pairs.append(("version_id", .string(id))) }
        return pairs
    }

    var value: DataValue { .mapping([(remote, .mapping(pairs))]) }
}

extension ContentRecord {
    /// With what the fields of an old record say of versions, if they are those of this content.
    func keepingVersions(of fields: [(key: String, value: DataValue)]) -> ContentRecord {
        guard cloud == nil, let old = try? CloudContent(fields) else { return self }
        let recorded =
            (try? old.record())?.name
            ?? fields.first { $0.key == "md5" }.flatMap { ObjectName($0.value.keyText) }
        guard recorded == name else { return self }
        var record = self
        record.cloud = old
        return record
    }
}
