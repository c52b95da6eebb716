import DVSystem

/// Every file below a folder, sorted by the bytes of its path, which is the order of a directory listing.
///
/// Flat storage: 48 bytes and the path for each file.
package struct FileTree: Sendable {
    /// What a stat said of one file.
    struct Entry: Sendable {
        var size: Int64 = 0
        var modified: Int64 = 0
        var changed: Int64 = 0
        var inode: UInt64 = 0
        /// Behind the path and its terminator.
        var pathEnd: Int
        /// The kernel's device numbers have 32 bits.
        var device: UInt32 = 0
        /// Saturating: only whether it is above 1 matters.
        var linkCount: UInt16 = 0
        /// Permission bits and flags.
        var mode: UInt16 = 0

        static let symbolicLink: UInt16 = 0x8000
        /// Not part of the tree after all; such entries go away at the end of a walk.
        static let dropped: UInt16 = 0x4000
    }

    /// The folder.
    package let root: AbsolutePath
    /// Paths relative to the root, each with a NUL behind it, so that they can be passed to the kernel as they are.
    var paths: [UInt8]
    var entries: [Entry]
    /// What a walk left out as DVC does, sorted by path.
    package internal(set) var skipped: [SkippedEntry] = []

    init(root: AbsolutePath, paths: [UInt8] = [], entries: [Entry] = []) {
        self.root = root
        self.paths = paths
        self.entries = entries
    }

    package var count: Int { entries.count }

    /// Bytes of all files.
    package var totalSize: Int64 { entries.reduce(0) { $0 + $1.size } }

    /// Calls `body` with the bytes of a path; a NUL follows them, and nothing is allocated.
    @inline(__always)
    package func withPath<Result>(
        at index: Int,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let range = pathRange(at: index)
        return paths.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// Where the path is in `paths`, without its terminator.
    @inline(__always)
    func pathRange(at index: Int) -> Range<Int> {
        (index == 0 ? 0 : entries[index - 1].pathEnd)..<entries[index].pathEnd - 1
    }

    package func path(at index: Int) -> RelativePath {
        RelativePath(bytes: paths[pathRange(at: index)]) ?? .empty
    }

    package func absolutePath(at index: Int) -> AbsolutePath {
        withPath(at: index) { root.appending(bytes: $0) }
    }

    package func size(at index: Int) -> Int64 { entries[index].size }

    /// Whether the entry itself is a symbolic link; its status is that of the file it leads to.
    package func isSymbolicLink(at index: Int) -> Bool {
        entries[index].mode & Entry.symbolicLink != 0
    }

    /// The status of the file's content: symbolic links are followed.
    package func status(at index: Int) -> FileStatus {
        let entry = entries[index]
        return FileStatus(
            kind: .regular,
            permissions: entry.mode & 0o7777,
            linkCount: UInt32(entry.linkCount),
            device: UInt64(entry.device),
            inode: entry.inode,
            size: entry.size,
            modified: entry.modified,
            changed: entry.changed
        )
    }

    mutating func setStatus(_ status: FileStatus, at index: Int) {
        entries[index].set(status)
    }
}

extension FileTree.Entry {
    /// Keeps the flags.
    mutating func set(_ status: FileStatus) {
        size = status.size
        modified = status.modified
        changed = status.changed
        inode = status.inode
        device = UInt32(truncatingIfNeeded: status.device)
        linkCount = UInt16(clamping: status.linkCount)
        mode = mode & ~0o7777 | status.permissions
    }
}

/// Something that a walk passes by without an error, as DVC does.
package struct SkippedEntry: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// A symbolic link to a folder.
        case linkToFolder
        /// A folder that is a project of its own.
        case nestedProject
    }

    package let path: AbsolutePath
    package let reason: Reason
}
