import DVHashing

/// What a pointer or lock file records of the content of an output or dependency.
package struct ContentRecord: Hashable, Sendable {
    package var scheme: HashScheme
    package var name: ObjectName
    /// Bytes; of a directory, the sum over its files.
    package var size: Int64?
    /// `nfiles`: only for directories.
    package var fileCount: Int?
    package var isExecutable: Bool

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
