import Glibc

/// What the kernel knows of a file without reading it.
package struct FileStatus: Hashable, Sendable {
    package enum Kind: UInt8, Sendable {
        case regular, directory, symbolicLink, other
    }

    package let kind: Kind
    /// Permission bits, including set-id and sticky (`mode & 07777`).
    package let permissions: UInt16
    package let linkCount: UInt32
    package let device: UInt64
    package let inode: UInt64
    /// Bytes.
    package let size: Int64
    /// Last change of the content, in nanoseconds since 1970.
    package let modified: Int64
    /// Last change of content or attributes, in nanoseconds since 1970.
    package let changed: Int64

    package var isExecutable: Bool { permissions & 0o100 != 0 }
    package var isRegular: Bool { kind == .regular }
    package var isDirectory: Bool { kind == .directory }
    package var isSymbolicLink: Bool { kind == .symbolicLink }

    package init(_ raw: stat) {
        kind =
            switch raw.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        permissions = UInt16(raw.st_mode & 0o7777)
        linkCount = UInt32(truncatingIfNeeded: raw.st_nlink)
        device = UInt64(raw.st_dev)
        inode = UInt64(raw.st_ino)
        size = Int64(raw.st_size)
        modified = raw.st_mtim.nanoseconds
        changed = raw.st_ctim.nanoseconds
    }

    package init(
        kind: Kind,
        permissions: UInt16,
        linkCount: UInt32,
        device: UInt64,
        inode: UInt64,
        size: Int64,
        modified: Int64,
        changed: Int64
    ) {
        self.kind = kind
        self.permissions = permissions
        self.linkCount = linkCount
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
    }

    /// Follows a symbolic link at `path`; throws if there is nothing.
    package static func following(_ path: AbsolutePath) throws(SystemError) -> FileStatus {
        var raw = stat()
        let result = path.withCString { fstatat(AT_FDCWD, $0, &raw, 0) }
        guard result == 0 else { throw .last("stat", path.string) }
        return FileStatus(raw)
    }

    /// Follows a symbolic link at `path`; nil if there is nothing at its end.
    package static func followingIfPresent(
        _ path: AbsolutePath
    ) throws(SystemError) -> FileStatus? {
        var raw = stat()
        let result = path.withCString { fstatat(AT_FDCWD, $0, &raw, 0) }
        if result == 0 { return FileStatus(raw) }
        if errno == ENOENT || errno == ENOTDIR { return nil }
        throw .last("stat", path.string)
    }

    /// Describes a symbolic link itself; nil if there is nothing at `path`.
    package static func ifPresent(_ path: AbsolutePath) throws(SystemError) -> FileStatus? {
        var raw = stat()
        let result = path.withCString { lstat($0, &raw) }
        if result == 0 { return FileStatus(raw) }
        if errno == ENOENT || errno == ENOTDIR { return nil }
        throw .last("stat", path.string)
    }

    /// Describes the file behind an open descriptor; `path` is for the error.
    package static func of(
        descriptor: Int32,
        path: @autoclosure () -> String
    ) throws(SystemError) -> FileStatus {
        var raw = stat()
        guard fstat(descriptor, &raw) == 0 else { throw .last("stat", path()) }
        return FileStatus(raw)
    }
}

extension timespec {
    package var nanoseconds: Int64 { Int64(tv_sec) * 1_000_000_000 + Int64(tv_nsec) }
}

/// `errno` of the calling thread, for code that does not import the C library.
func systemErrno() -> Int32 { errno }
