import DVFormats
import DVHashing
import DVSystem

/// How much work it took to know some content; tests and `--verbose` look at it.
package struct HashCounters: Hashable, Sendable {
    /// Files whose digest the state store knew: not opened.
    package var known = 0
    /// Files that were read.
    package var hashed = 0
    /// Bytes of the files that were read.
    package var hashedBytes: Int64 = 0
    /// Objects that are new in the cache.
    package var stored = 0

    package init() {}

    mutating func add(_ file: ReadFile) {
        hashed += 1
        hashedBytes += file.status.size
        if file.isNewObject { stored += 1 }
    }
}

/// A folder of the workspace with the digests of all its files.
package struct HashedTree: Sendable {
    package let tree: FileTree
    /// In the order of the tree.
    let digests: [Digest]
    /// The name of the listing's object.
    package let name: ObjectName
    package let counters: HashCounters

    package var count: Int { tree.count }

    package var totalSize: Int64 { tree.totalSize }

    package func digest(at index: Int) -> Digest { digests[index] }

    /// The same files in the same order, with their digests; made anew each time.
    package var listing: DirectoryListing {
        DirectoryListing.Builder(tree, digests).finishChecked()
    }
}

/// A single file of the workspace with its digest.
package struct HashedEntry: Sendable {
    package let path: AbsolutePath
    package let digest: Digest
    /// Of the content: a symbolic link is followed.
    package let status: FileStatus
    package let isSymbolicLink: Bool
    package let counters: HashCounters
}

/// What is at the path of an output or dependency.
package enum WorkspaceContent: Sendable {
    case file(HashedEntry)
    case directory(HashedTree)

    /// Of the content of a file: symbolic links are followed.
    package func status(at index: Int) -> FileStatus {
        switch self {
        case .file(let entry): entry.status
        case .directory(let tree): tree.tree.status(at: index)
        }
    }

    func isSymbolicLink(at index: Int) -> Bool {
        switch self {
        case .file(let entry): entry.isSymbolicLink
        case .directory(let tree): tree.tree.isSymbolicLink(at: index)
        }
    }

    package var name: ObjectName {
        switch self {
        case .file(let entry): ObjectName(entry.digest)
        case .directory(let tree): tree.name
        }
    }

    package var counters: HashCounters {
        switch self {
        case .file(let entry): entry.counters
        case .directory(let tree): tree.counters
        }
    }

    package var totalSize: Int64 {
        switch self {
        case .file(let entry): entry.status.size
        case .directory(let tree): tree.totalSize
        }
    }

    /// What a pointer says of this content.
    package func record(scheme: HashScheme = .md5) -> ContentRecord {
        switch self {
        case .file(let entry):
            ContentRecord(
                name,
                scheme: scheme,
                size: entry.status.size,
                isExecutable: entry.status.isExecutable
            )
        case .directory(let tree):
            ContentRecord(name, scheme: scheme, size: tree.totalSize, fileCount: tree.count)
        }
    }
}
