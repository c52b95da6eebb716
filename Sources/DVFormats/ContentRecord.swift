import DVHashing

/// What a pointer or lock file records of the content of an output or dependency.
///
/// Equal records have the same content, whatever is recorded of where else it is.
package struct ContentRecord: Sendable {
    package var scheme: HashScheme
    package var name: ObjectName
    /// Bytes; of a directory, the sum over its files.
    package var size: Int64?
    /// `nfiles`: only for directories.
    package var fileCount: Int?
    package var isExecutable: Bool
    /// Versions of it in stores that keep old ones.
    package var cloud: CloudContent?

    package init(
        _ name: ObjectName,
        scheme: HashScheme = .md5,
        size: Int64? = nil,
        fileCount: Int? = nil,
        isExecutable: Bool = false
    ) {
        self.name = name
        self.scheme = scheme
        self.size = size
        self.fileCount = fileCount
        self.isExecutable = isExecutable
    }
}

extension ContentRecord: Hashable {
    package static func == (left: ContentRecord, right: ContentRecord) -> Bool {
        left.name == right.name && left.scheme == right.scheme && left.size == right.size
            && left.fileCount == right.fileCount && left.isExecutable == right.isExecutable
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(scheme)
    }
}
