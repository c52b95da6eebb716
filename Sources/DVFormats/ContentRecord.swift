import DVHashing

/// How a recorded digest was computed, which also decides where its object lives in a cache.
package enum HashScheme: Hashable, Sendable {
    /// `hash: md5`, DVC 3: the MD5 of the bytes; objects under `files/md5/`.
    case md5
    /// No `hash` key, DVC 2: the MD5 after turning CRLF into LF in text files; objects directly in the cache folder.
    case md5DOS2Unix
}

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
