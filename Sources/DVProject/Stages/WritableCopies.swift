import DVSystem

/// Turns the links of an output into the cache into copies, so that a command may write to what it finds.
struct WritableCopies {
    private let path: AbsolutePath

    init(of path: AbsolutePath) {
        self.path = path
    }

    /// Nothing there is fine.
    ///
    /// Files that are neither linked nor read-only are left alone.
    func make() throws {
        try make(path)
    }

    private func make(_ path: AbsolutePath) throws {
        guard let status = try FileStatus.ifPresent(path) else { return }
        if status.isDirectory {
            for name in try path.childNames() { try make(path.appending(name.string)) }
        } else if status.isSymbolicLink || status.linkCount > 1 || status.permissions & 0o200 == 0 {
            let content = try FileStatus.following(path)
            guard content.isRegular else { return }
            try copy(path, content)
        }
    }

    private func copy(_ path: AbsolutePath, _ content: FileStatus) throws {
        let source = try OpenFile.reading(path)
        let temporary = try TemporaryFile(in: path.parent, isReplacing: true)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
            if count == 0 { break }
            try buffer.withUnsafeBytes {
                try temporary.file.write(UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
        }
        try temporary.file.setPermissions(content.permissions | 0o200)
        try temporary.replace(path)
    }
}
