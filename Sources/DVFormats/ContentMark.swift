/// By what a storage itself tells one content of a file from another, so that nobody has to read it.
package struct ContentMark: Hashable, Sendable {
    /// The field of a pointer or lock file.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case etag, checksum
    }

    package var kind: Kind
    /// As the storage says it, for the kinds that DVC calls so.
    package var value: String
    /// In bytes; nil where the storage does not say.
    package var size: Int64?
    /// The version that this is, where an import follows versions.
    package var version: String?

    package init(_ kind: Kind, _ value: String, size: Int64? = nil, version: String? = nil) {
        self.version = version
        self.kind = kind
        self.value = value
        self.size = size
    }

    /// The fields of a record as DVC orders them; without `path` and `hash`.
    var pairs: [(key: String, value: DataValue)] {
        [(kind.rawValue, .string(value))] + (size.map { [("size", .integer(Int($0)))] } ?? [])
            + (version.map { [("version_id", .string($0))] } ?? [])
    }
}
