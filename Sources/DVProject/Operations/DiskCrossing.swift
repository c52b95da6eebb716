import DVHashing
import DVReporting
import DVSystem
import SystemPackage

/// A move to another file system, which the kernel cannot do: a copy that is compared, then the removal of the original.
///
/// Links, permissions and times of files stay as they are. Until `removeOriginal`, nothing has happened to the original.
struct DiskCrossing {
    /// A file as it was when it was copied; folders have no status.
    private struct Original {
        let path: AbsolutePath
        let status: FileStatus?
    }

    private let root: AbsolutePath
    private let device: UInt64
    private let progress: Progress
    /// Folders come before what is in them.
    private var originals: [Original] = []

    /// Throws `MoveError.holdsMountPoint` if another file system begins at `root`: it cannot be removed.
    init(of root: AbsolutePath, _ progress: Progress) throws {
        self.root = root
        self.progress = progress
        device = try FileStatus.following(root.parent).device
    }

    /// Copies everything to `target`, which must be free; false if it is not.
    ///
    /// It appears there at once, complete and durable.
    mutating func copy(to target: AbsolutePath) throws -> Bool {
        let draft = target.parent.appending(TemporaryFile.uniqueName())
        defer { try? draft.removeTree() }
        try copy(root, to: draft)
        try OpenFile.reading(target.parent).synchronizeFileSystem()
        return try draft.renameUnlessTaken(to: target)
    }

    private mutating func copy(_ source: AbsolutePath, to target: AbsolutePath) throws {
        try Interruption.check()
        guard let status = try FileStatus.ifPresent(source) else {
            throw SourceError.changedWhileRead(source)
        }
        guard status.device == device else { throw MoveError.holdsMountPoint(source.string) }
        originals.append(Original(path: source, status: status.isDirectory ? nil : status))
        switch status.kind {
        case .directory: try copyFolder(source, status, to: target)
        case .symbolicLink: try target.makeSymbolicLink(to: source.symbolicLinkTarget())
        case .regular: try copyFile(source, to: target)
        case .other: throw SourceError.notRegularFile(source)
        }
    }

    private mutating func copyFolder(
        _ source: AbsolutePath,
        _ status: FileStatus,
        to target: AbsolutePath
    ) throws {
        try target.makeDirectories(permissions: 0o700)
        for name in try source.childNames() {
            let child = FilePath(root: nil, [name])
            try copy(
                AbsolutePath(child, relativeTo: source),
                to: AbsolutePath(child, relativeTo: target)
            )
        }
        try target.setPermissions(status.permissions)
    }

    /// Reads the copy back: it must have the digest of what was read from the original.
    private func copyFile(_ path: AbsolutePath, to target: AbsolutePath) throws {
        let source = try SourceFile(at: path)
        let copy = try OpenFile.creating(target, permissions: 0o600)
        var hasher = StreamingHasher()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            try Interruption.check()
            let count = try buffer.withUnsafeMutableBytes { try source.file.read(into: $0) }
            if count == 0 { break }
            try buffer.withUnsafeBytes {
                let piece = UnsafeRawBufferPointer(rebasing: $0[..<count])
                hasher.update(piece)
                try copy.write(piece)
            }
            progress.advance(bytes: Int64(count))
        }
        try source.checkUnchanged(after: hasher.byteCount)
        guard try FileHasher().hash(fileAt: target).digest == hasher.finish() else {
            throw SystemError("read back what was written to", target.string, code: .ioError)
        }
        try copy.setPermissions(source.status.permissions)
        try copy.setModificationTime(source.status.modified)
    }

    /// Removes what was copied; gives what stays, because it changed or appeared since then.
    func removeOriginal() throws -> [AbsolutePath] {
        var remaining: [AbsolutePath] = []
        for original in originals.reversed() {
            if let status = original.status {
                guard let now = try FileStatus.ifPresent(original.path) else { continue }
                if now == status {
                    try original.path.removeFile()
                } else {
                    remaining.append(original.path)
                }
            } else if try !original.path.removeEmptyDirectory() {
                remaining.append(original.path)
            }
        }
        return remaining.sorted()
    }
}
