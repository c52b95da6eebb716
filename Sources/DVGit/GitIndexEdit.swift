import Clibgit2
import DVSystem
import Glibc
import SystemPackage

/// Changes to the index of a repository, under its lock from reading to writing.
///
/// libgit2 works on a second name of the index, as it wants `index.lock` for itself otherwise. Without `commit` nothing has changed.
struct GitIndexEdit: ~Copyable {
    private let lock: GitIndexLock
    private let draft: AbsolutePath
    private let repository: OpaquePointer
    private let handle: OpaquePointer

    init(of repository: OpaquePointer, in gitDirectory: AbsolutePath, patience: Duration) throws {
        let lock = try GitIndexLock(in: gitDirectory, patience: patience)
        let draft = gitDirectory.appending("index.dvswift")
        // What a killed process left; nobody else writes it under the lock.
        try draft.removeFile()
        try gitDirectory.appending("index.dvswift.lock").removeFile()
        try Self.copy(lock.index, to: draft)
        handle = try Self.open(draft, for: repository)
        self.lock = lock
        self.draft = draft
        self.repository = repository
    }

    deinit {
        git_repository_set_index(repository, nil)
        git_index_free(handle)
        // Gone if committed; else the next edit removes it, should it stay.
        _ = draft.withCString { unlink($0) }
    }

    /// A link keeps the time of the index, by which Git tells entries that may have changed since they were staged.
    private static func copy(_ index: AbsolutePath, to draft: AbsolutePath) throws(SystemError) {
        guard let status = try FileStatus.ifPresent(index) else { return }
        do {
            try draft.makeHardLink(to: index)
        } catch {
            let file = try OpenFile.creating(draft, permissions: status.permissions)
            try file.write(try index.readBytes())
            try file.setModificationTime(status.modified)
        }
    }

    /// Belongs to the repository from here on, so that entries are made from its files and with its settings.
    private static func open(
        _ draft: AbsolutePath,
        for repository: OpaquePointer
    ) throws(GitError) -> OpaquePointer {
        var handle: OpaquePointer?
        var code = draft.withCString { git_index_open(&handle, $0) }
        guard code == 0, let handle else { throw .last("read the index", draft.string, code) }
        code = git_repository_set_index(repository, handle)
        if code == 0 {
            code = git_index_set_caps(handle, GIT_INDEX_CAPABILITY_FROM_OWNER.rawValue)
        }
        guard code == 0 else {
            let error = GitError.last("use the index", draft.string, code)
            git_repository_set_index(repository, nil)
            git_index_free(handle)
            throw error
        }
        return handle
    }

    func add(_ file: RelativePath) throws(GitError) {
        let code = file.withCString { git_index_add_bypath(handle, $0) }
        guard code == 0 else { throw .last("stage", file.string, code) }
    }

    /// Not being there is fine.
    func remove(_ file: RelativePath) throws(GitError) {
        let code = file.withCString { git_index_remove_bypath(handle, $0) }
        guard code == 0 || code == GIT_ENOTFOUND.rawValue else {
            throw .last("take out of the index", file.string, code)
        }
    }

    /// Makes `bytes` what the index has for a file, nil being no file; the file at `place` may say something else.
    func replace(_ file: RelativePath, with bytes: [UInt8]?, _ place: AbsolutePath) throws {
        guard let bytes else { return try remove(file) }
        // Staged from the file, the entry has its times, and Git need not compare them again.
        if try place.readBytesIfPresent() == bytes { return try add(file) }
        let mode = self.file(at: file)?.mode ?? GIT_FILEMODE_BLOB
        let code = file.withCString { path in
            var entry = git_index_entry()
            entry.path = path
            entry.mode = mode.rawValue
            return git_index_add_from_buffer(handle, &entry, bytes, bytes.count)
        }
        guard code == 0 else { throw GitError.last("stage", file.string, code) }
    }

    /// What the index now has for a file; nil if it has none.
    func file(at path: RelativePath) -> GitTreeFile? {
        let entry = path.withCString { git_index_get_bypath(handle, $0, 0) }
        return entry.map {
            GitTreeFile(id: $0.pointee.id, mode: git_filemode_t($0.pointee.mode))
        }
    }

    func commit() throws {
        try write()
        try publish()
    }

    /// Writes the changes where nobody sees them yet.
    func write() throws(GitError) {
        let code = git_index_write(handle)
        guard code == 0 else { throw .last("write the index", draft.string, code) }
    }

    /// Makes what was written the index, and frees the lock.
    func publish() throws {
        try lock.publish(draft)
    }
}
