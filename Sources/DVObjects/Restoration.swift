import DVHashing
import DVSystem

/// One object on its way to one path.
struct Restoration {
    let store: ObjectStore
    let name: ObjectName
    let target: AbsolutePath
    let options: RestoreOptions

    /// More than the longest tick of the kernel's file clock.
    private static let backdating: Int64 = 20_000_000

    /// Links that would share more than content: the executable bit, or one inode among too many empty files.
    func mustCopy(_ stored: StoredObject, as type: LinkType) -> Bool {
        guard type == .hardlink || type == .symlink else { return false }
        return options.isExecutable || (stored.encoding == nil && stored.status.size == 0)
    }

    /// Decodes or copies, verifying on the way.
    func copy(_ object: borrowing OpenObject, _ scratch: ObjectScratch) throws -> RestoredFile {
        var temporary = try makeTemporary()
        try store.decode(object, into: temporary.file, scratch)
        return try publish(&temporary, .copy, verified: nil)
    }

    /// Writes content that was read, verified and counted before.
    func copy(_ content: UnsafeRawBufferPointer) throws -> RestoredFile {
        var temporary = try makeTemporary()
        try temporary.file.write(content)
        return try publish(&temporary, .copy, verified: nil)
    }

    /// Nil if links of this type do not work here.
    func link(
        _ stored: StoredObject,
        as type: LinkType,
        _ scratch: ObjectScratch
    ) throws -> RestoredFile? {
        switch type {
        case .reflink: return try reflink(stored, scratch)
        case .hardlink, .symlink:
            let verified = try verify(stored, scratch)
            guard try makeLink(to: stored.path, type) else { return nil }
            guard let status = try FileStatus.ifPresent(target) else {
                throw SystemError("stat", target.string, code: .noSuchFileOrDirectory)
            }
            return RestoredFile(
                status: status,
                link: type,
                isUntouched: status.modified == stored.status.modified,
                verifiedObject: verified
            )
        case .copy: return nil
        }
    }

    /// Clones first and hashes the clone, which nobody else can change.
    private func reflink(_ stored: StoredObject, _ scratch: ObjectScratch) throws -> RestoredFile? {
        var temporary = try makeTemporary()
        let object = try OpenFile.reading(stored.path)
        guard try temporary.file.clone(from: object) else { return nil }
        var verified: FileStatus?
        if !options.isKnownGood(name, stored.status) {
            try store.verify(stored, in: temporary.file, scratch)
            verified = stored.status
        }
        return try publish(&temporary, .reflink, verified: verified)
    }

    /// The object's status if it had to be hashed.
    private func verify(_ stored: StoredObject, _ scratch: ObjectScratch) throws -> FileStatus? {
        if options.isKnownGood(name, stored.status) { return nil }
        let file = try OpenFile.reading(stored.path)
        try store.verify(stored, in: file, scratch)
        return stored.status
    }

    private func makeTemporary() throws(SystemError) -> TemporaryFile {
        let plain = options.permissions ?? 0o666
        return try TemporaryFile(
            in: target.parent,
            isReplacing: options.isReplacing,
            permissions: options.isExecutable ? plain | 0o100 : plain
        )
    }

    private func publish(
        _ temporary: inout TemporaryFile,
        _ link: LinkType,
        verified: FileStatus?
    ) throws -> RestoredFile {
        if let permissions = options.permissions {
            try temporary.file.setPermissions(
                options.isExecutable ? permissions | 0o100 : permissions
            )
        }
        let stamp = try temporary.file.backdateModification(by: Self.backdating)
        guard try temporary.commit(at: target, isReplacing: options.isReplacing) else {
            throw ObjectError.targetExists(target)
        }
        // After the commit, which changes the ctime.
        let status = try temporary.file.status()
        return RestoredFile(
            status: status,
            link: link,
            isUntouched: status.modified == stamp,
            verifiedObject: verified
        )
    }

    /// False if the file system refuses such links here.
    private func makeLink(to object: AbsolutePath, _ type: LinkType) throws -> Bool {
        do throws(SystemError) {
            if options.isReplacing {
                let temporary = target.parent.appending(TemporaryFile.uniqueName())
                try Self.makeLink(at: temporary, to: object, type)
                let result = Result { () throws(SystemError) in try temporary.rename(to: target) }
                // `rename` between two links of one inode does nothing and leaves the first.
                try temporary.removeFile()
                try result.get()
            } else {
                try Self.makeLink(at: target, to: object, type)
            }
            return true
        } catch {
            switch error.code {
            case .fileExists: throw ObjectError.targetExists(target)
            case .notPermitted, .notSupported, .improperLink, .tooManyLinks, .noFunction,
                .invalidArgument:
                return false
            default: throw error
            }
        }
    }

    private static func makeLink(
        at path: AbsolutePath,
        to object: AbsolutePath,
        _ type: LinkType
    ) throws(SystemError) {
        switch type {
        case .symlink: try path.makeSymbolicLink(to: object.filePath)
        default: try path.makeHardLink(to: object)
        }
    }
}
