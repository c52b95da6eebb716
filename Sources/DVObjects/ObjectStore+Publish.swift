import DVHashing
import DVSystem

/// Writing into the cache's folders.
extension ObjectStore {
    /// DVC's mode of every object: read-only for all.
    static let objectPermissions: UInt16 = 0o444

    /// A temporary in `folder`, which is created if it is missing.
    func makeTemporary(
        in folder: AbsolutePath,
        isReplacing: Bool
    ) throws(ObjectError) -> TemporaryFile {
        try writingCache { () throws(SystemError) in
            do throws(SystemError) {
                return try TemporaryFile(
                    in: folder,
                    isReplacing: isReplacing,
                    permissions: Self.objectPermissions
                )
            } catch {
                guard error.code == .noSuchFileOrDirectory else { throw error }
                try makeFolder(folder)
                return try TemporaryFile(
                    in: folder,
                    isReplacing: isReplacing,
                    permissions: Self.objectPermissions
                )
            }
        }
    }

    /// Gives a complete object its name; false if another process was faster.
    ///
    /// `damaged` is what was found under the name and is wrong.
    func publish(
        _ temporary: inout TemporaryFile,
        as name: ObjectName,
        _ encoding: Encoding?,
        replacing damaged: StoredObject?
    ) throws(ObjectError) -> Bool {
        let target = layout.path(of: name, encoding)
        return try writingCache { () throws(SystemError) in
            // Mostly right from the start: asking is cheaper than a write to the journal of the file system.
            if try temporary.file.status().permissions != Self.objectPermissions {
                try temporary.file.setPermissions(Self.objectPermissions)
            }
            let isNew: Bool
            do throws(SystemError) {
                isNew = try temporary.commit(at: target, isReplacing: damaged != nil)
            } catch {
                guard error.code == .noSuchFileOrDirectory else { throw error }
                try makeFolder(target.parent)
                isNew = try temporary.commit(at: target, isReplacing: damaged != nil)
            }
            if let damaged, damaged.path != target { try damaged.path.removeFile() }
            return isNew
        }
    }

    /// Creates `folder` and its missing parents, group-writable in a shared cache whatever the umask says.
    func makeFolder(_ folder: AbsolutePath) throws(SystemError) {
        defer { forgetForms() }
        guard settings.isShared else { return try folder.makeDirectories() }
        var missing: [AbsolutePath] = []
        var next = folder
        while try !next.exists() {
            missing.append(next)
            next = next.parent
        }
        for path in missing.reversed() {
            try path.makeDirectories()
            try path.setPermissions(0o2775)
        }
    }
}
