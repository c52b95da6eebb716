import CLinux
import Glibc
import SystemPackage

/// Whole-file and directory operations. None follows a symbolic link at the path itself unless it says so.
extension AbsolutePath {
    /// Whether anything is here, a dangling symbolic link included.
    package func exists() throws(SystemError) -> Bool {
        try FileStatus.ifPresent(self) != nil
    }

    /// The whole content of a file; follows symbolic links.
    package func readBytes() throws(SystemError) -> [UInt8] {
        let file = try OpenFile.reading(self)
        var bytes: [UInt8] = []
        let expected = Int(try file.status().size)
        var chunk = [UInt8](repeating: 0, count: max(expected + 1, 4096))
        while true {
            let count = try file.fill(&chunk)
            bytes.append(contentsOf: chunk[..<count])
            if count < chunk.count { return bytes }
        }
    }

    /// The whole content of a file, nil if nothing is here; follows symbolic links.
    package func readBytesIfPresent() throws(SystemError) -> [UInt8]? {
        do {
            return try readBytes()
        } catch  where error.code == .noSuchFileOrDirectory || error.code == .notDirectory {
            return nil
        }
    }

    /// Creates this directory and its missing parents; an existing directory is fine.
    package func makeDirectories(permissions: UInt16 = 0o777) throws(SystemError) {
        if withCString({ mkdir($0, mode_t(permissions)) }) == 0 { return }
        switch errno {
        case EEXIST:
            guard try FileStatus.following(self).isDirectory else {
                throw SystemError("create directory", string, code: .fileExists)
            }
        case ENOENT where !isRoot:
            try parent.makeDirectories(permissions: permissions)
            try makeDirectories(permissions: permissions)
        default: throw .last("create directory", string)
        }
    }

    /// Removes a file or symbolic link; nothing there is fine.
    package func removeFile() throws(SystemError) {
        if withCString({ unlink($0) }) == 0 || errno == ENOENT { return }
        throw .last("remove", string)
    }

    /// Removes this directory if it is empty; false if it is not empty or not there.
    package func removeEmptyDirectory() throws(SystemError) -> Bool {
        if withCString({ rmdir($0) }) == 0 { return true }
        switch errno {
        case ENOENT, ENOTEMPTY, EEXIST: return false
        default: throw .last("remove directory", string)
        }
    }

    /// Removes a file, or a directory with everything below it.
    package func removeTree() throws(SystemError) {
        guard let status = try FileStatus.ifPresent(self) else { return }
        guard status.isDirectory else { return try removeFile() }
        for name in try childNames() {
            try AbsolutePath(filePath.appending(name), relativeTo: self).removeTree()
        }
        _ = try removeEmptyDirectory()
    }

    /// The names in this directory, without `.` and `..`, sorted by bytes.
    package func childNames() throws(SystemError) -> [FilePath.Component] {
        var names: [FilePath.Component] = []
        let directory = try OpenFile.open(self, O_RDONLY | O_DIRECTORY)
        try directory.forEachEntry { name, _ in
            if let component = FilePath.Component(bytes: name) { names.append(component) }
        }
        return names.sorted { $0.string < $1.string }
    }

    /// All that is not a directory, in this directory and those below it, as paths from here, sorted; none if it is not there.
    package func filesBelow() throws(SystemError) -> [RelativePath] {
        guard try FileStatus.ifPresent(self)?.isDirectory == true else { return [] }
        var files: [RelativePath] = []
        for name in try childNames() {
            let child = appending(name.string)
            let path = RelativePath.empty.appending(name.string)
            let isDirectory = try FileStatus.ifPresent(child)?.isDirectory == true
            files += isDirectory ? try child.filesBelow().map { path.appending($0) } : [path]
        }
        return files
    }

    /// Atomically puts `self` at `target`, replacing a file that is there.
    package func rename(to target: AbsolutePath) throws(SystemError) {
        let result = withCString { source in
            target.withCString { Glibc.rename(source, $0) }
        }
        guard result == 0 else { throw .last("rename to '\(target)'", string) }
    }

    /// `rename(to:)` that leaves a file that is there alone and then gives false.
    package func renameUnlessTaken(to target: AbsolutePath) throws(SystemError) -> Bool {
        let result = withCString { source in
            target.withCString { clinux_rename_unless_taken(source, $0) }
        }
        if result == 0 { return true }
        if errno == EEXIST { return false }
        guard errno == EINVAL || errno == ENOSYS else {
            throw .last("rename to '\(target)'", string)
        }
        // A file system without RENAME_NOREPLACE: looking first is the best there is.
        if try target.exists() { return false }
        try rename(to: target)
        return true
    }

    /// Makes a symbolic link here that says `target`.
    package func makeSymbolicLink(to target: FilePath) throws(SystemError) {
        let result = withCString { link in
            target.withPlatformString { Glibc.symlink($0, link) }
        }
        guard result == 0 else { throw .last("symlink", string) }
    }

    /// Makes a hard link here to the file at `source`.
    package func makeHardLink(to source: AbsolutePath) throws(SystemError) {
        let result = withCString { link in
            source.withCString { Glibc.link($0, link) }
        }
        guard result == 0 else { throw .last("hard-link", string) }
    }

    /// What the symbolic link here says.
    package func symbolicLinkTarget() throws(SystemError) -> FilePath {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = withCString { readlink($0, &buffer, Int(PATH_MAX)) }
        guard count >= 0 else { throw .last("read the link", string) }
        return FilePath(platformString: Array(buffer[...count]))
    }

    /// The path with every symbolic link resolved; it must exist.
    package func resolvingLinks() throws(SystemError) -> AbsolutePath {
        let resolved = withCString { realpath($0, nil) }
        guard let resolved else { throw .last("resolve", string) }
        defer { free(resolved) }
        return AbsolutePath(FilePath(platformString: resolved), relativeTo: .root)
    }

    /// Sets the times of the file here to now, if this user may; false if nothing is here.
    package func touch() -> Bool {
        withCString { utimensat(AT_FDCWD, $0, nil, 0) } == 0 || errno != ENOENT
    }

    /// Sets the permission bits of the file here.
    package func setPermissions(_ permissions: UInt16) throws(SystemError) {
        guard withCString({ chmod($0, mode_t(permissions)) }) == 0 else {
            throw .last("change the mode of", string)
        }
    }

    /// The process's working directory.
    ///
    /// Read it once, at start.
    package static func workingDirectory() throws(SystemError) -> AbsolutePath {
        guard let path = getcwd(nil, 0) else { throw .last("find", "the working directory") }
        defer { free(path) }
        return AbsolutePath(FilePath(platformString: path), relativeTo: .root)
    }
}

extension OpenFile {
    func fill(_ chunk: inout [UInt8]) throws(SystemError) -> Int {
        do {
            return try chunk.withUnsafeMutableBytes { try read(into: $0) }
        } catch {
            throw error as? SystemError ?? SystemError("read", path.string, code: .ioError)
        }
    }
}
