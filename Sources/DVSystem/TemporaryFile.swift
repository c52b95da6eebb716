import CLinux
import Glibc
import Synchronization
import SystemPackage

/// A file that becomes visible under its final name only when it is complete; removed if it never does.
///
/// Lives in the directory of its final name, so that publishing is one atomic `rename` or `link`. Where the file system
/// allows (`O_TMPFILE`), it has no name until then, and a killed process leaves nothing behind.
package struct TemporaryFile: ~Copyable {
    package let file: OpenFile
    /// The name while unpublished; nil for an anonymous file.
    private var name: AbsolutePath?
    private var isPublished = false
    private var isKept = false

    /// Temporary names start with this, so that leftovers of killed processes can be recognised.
    package static let namePrefix = ".dvswift-tmp-"

    /// Creates an empty file in `directory`.
    ///
    /// `isReplacing` tells that it will replace an existing file, which needs a name.
    package init(
        in directory: AbsolutePath,
        isReplacing: Bool,
        permissions: UInt16 = 0o666
    ) throws(SystemError) {
        if !isReplacing, let anonymous = try Self.anonymous(in: directory, permissions) {
            file = anonymous
            name = nil
            return
        }
        let path = directory.appending(Self.uniqueName())
        file = try OpenFile.creating(path, permissions: permissions)
        name = path
    }

    deinit {
        if let name, !isPublished, !isKept { try? name.removeFile() }
    }

    /// Moves the unfinished file to `path`, where it stays, should it never be published; false if that name is taken.
    ///
    /// Only for files created with `isReplacing`.
    package mutating func keep(
        at path: AbsolutePath,
        isReplacing: Bool
    ) throws(SystemError) -> Bool {
        guard let name else { return false }
        if isReplacing {
            try name.rename(to: path)
        } else {
            guard try name.renameUnlessTaken(to: path) else { return false }
        }
        self.name = path
        isKept = true
        return true
    }

    /// Removes the file in the end after all, unless it is published.
    package mutating func keepNoMore() { isKept = false }

    /// Gives the file its final name, replacing what is there.
    ///
    /// Only for files created with `isReplacing`.
    package consuming func replace(_ target: AbsolutePath) throws(SystemError) {
        _ = try commit(at: target, isReplacing: true)
    }

    /// As `replace`, for a file that the machine may lose when it goes down.
    ///
    /// File systems bring a file to the disk before it replaces another; they do not if both change names.
    package consuming func replaceWithoutFlush(_ target: AbsolutePath) throws(SystemError) {
        guard let name else { return try replace(target) }
        let result = name.withCString { one in target.withCString { clinux_exchange(one, $0) } }
        // Nothing is there yet, or the file system cannot do it. Else the old file is now the one to be removed.
        if result != 0 { try replace(target) }
    }

    /// Gives the file its final name unless that name is taken; false if it is.
    package consuming func publish(at target: AbsolutePath) throws(SystemError) -> Bool {
        try commit(at: target, isReplacing: false)
    }

    /// `replace` or `publish`, leaving the file open, for example to ask for its status.
    ///
    /// Call it once.
    package mutating func commit(
        at target: AbsolutePath,
        isReplacing: Bool
    ) throws(SystemError) -> Bool {
        if isReplacing {
            guard let name else {
                throw SystemError("rename to", target.string, code: .invalidArgument)
            }
            try name.rename(to: target)
            isPublished = true
            return true
        }
        guard let name else { return try linkAnonymous(to: target) }
        // Other processes know a kept file by its name, and might have put another one there.
        if isKept, try FileStatus.ifPresent(name)?.inode != file.status().inode {
            throw SystemError("create", target.string, code: .noSuchFileOrDirectory)
        }
        if let isLinked = try Self.link(name, to: target) {
            isKept = false
            return isLinked
        }
        isPublished = try name.renameUnlessTaken(to: target)
        return isPublished
    }

    /// False if the target exists.
    private func linkAnonymous(to target: AbsolutePath) throws(SystemError) -> Bool {
        let result = target.withCString { clinux_link_descriptor(file.descriptor, $0) }
        if result == 0 { return true }
        if errno == EEXIST { return false }
        throw .last("create", target.string)
    }

    /// False if the target exists, nil if the file system has no hard links.
    private static func link(
        _ source: AbsolutePath,
        to target: AbsolutePath
    ) throws(SystemError) -> Bool? {
        let result = source.withCString { old in target.withCString { Glibc.link(old, $0) } }
        if result == 0 { return true }
        switch errno {
        case EEXIST: return false
        case EPERM, EOPNOTSUPP: return nil
        default: throw .last("create", target.string)
        }
    }

    private static let hasAnonymousFiles = Atomic<Bool>(true)
    private static let counter = Atomic<Int>(0)

    /// A name for something temporary that no process uses.
    package static func uniqueName() -> String {
        let number = counter.add(1, ordering: .relaxed).newValue
        return "\(namePrefix)\(getpid())-\(number)-\(UInt32.random(in: 0...UInt32.max))"
    }

    private static func anonymous(
        in directory: AbsolutePath,
        _ permissions: UInt16
    ) throws(SystemError) -> OpenFile? {
        guard hasAnonymousFiles.load(ordering: .relaxed) else { return nil }
        do {
            // __O_TMPFILE | O_DIRECTORY: the macro is not importable.
            let anonymous = Int32(0o20_000_000) | O_DIRECTORY
            return try OpenFile.open(directory, anonymous | O_RDWR, permissions)
        } catch  where [.notSupported, .isDirectory, .noSuchFileOrDirectory].contains(error.code) {
            if error.code == .noSuchFileOrDirectory { throw error }
            hasAnonymousFiles.store(false, ordering: .relaxed)
            return nil
        }
    }
}

extension AbsolutePath {
    /// Atomically replaces (or creates) the file here with `bytes`, keeping the permissions of the one it replaces.
    ///
    /// Of a symbolic link, the file that it leads to: the link stays.
    package func replaceContents(with bytes: [UInt8]) throws(SystemError) {
        try replaceContents(with: bytes, isLasting: true)
    }

    /// The same; if `isLasting` is false, the machine may lose both contents when it goes down.
    package func replaceContents(with bytes: [UInt8], isLasting: Bool) throws(SystemError) {
        let path = try behindLinks()
        let temporary = try TemporaryFile(in: path.parent, isReplacing: true)
        try temporary.file.write(bytes)
        if let existing = try FileStatus.ifPresent(path), existing.isRegular {
            try temporary.file.setPermissions(existing.permissions)
        }
        if isLasting {
            try temporary.replace(path)
        } else {
            try temporary.replaceWithoutFlush(path)
        }
    }

    /// Where the symbolic links at this path lead; the path itself if it is no link.
    ///
    /// Nothing needs to be there.
    package func behindLinks() throws(SystemError) -> AbsolutePath {
        var path = self
        // As many as the kernel follows.
        for _ in 0..<40 {
            guard try FileStatus.ifPresent(path)?.isSymbolicLink == true else { return path }
            // A climbing target starts from where the folder really is.
            let folder = try path.parent.resolvingLinks()
            path = AbsolutePath(try path.symbolicLinkTarget(), relativeTo: folder)
        }
        throw SystemError("write", string, code: .tooManySymbolicLinkLevels)
    }
}
