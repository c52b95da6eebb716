import Clibgit2
import DVSystem

/// Commits of some files only.
extension GitRepository {
    /// Throws `GitCommitRefusal` if a commit with this message would be refused: before the work that leads to it.
    package func checkCommit(
        message: String,
        environment: ProcessEnvironment = .current()
    ) throws {
        if try Self.cleaned(message).isEmpty { throw GitCommitRefusal.emptyMessage }
        for role in [GitIdentity.Role.author, .committer] {
            try GitIdentity.with(role, in: handle, environment) { _ in }
        }
        switch git_repository_state_t(UInt32(bitPattern: git_repository_state(handle))) {
        case GIT_REPOSITORY_STATE_MERGE: throw GitCommitRefusal.unfinished("merge")
        case GIT_REPOSITORY_STATE_REVERT, GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
            throw GitCommitRefusal.unfinished("revert")
        case GIT_REPOSITORY_STATE_CHERRYPICK, GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
            throw GitCommitRefusal.unfinished("cherry-pick")
        default: break
        }
    }

    /// Commits changes on top of HEAD.
    ///
    /// Nil if they change nothing. Nothing else that is staged becomes part of the commit, and it stays staged. The
    /// index is locked from reading on; the branch moves in one step, and only if it still is where HEAD was. Hooks do
    /// not run.
    package func commit(
        _ changes: [GitFileChange],
        message: String,
        environment: ProcessEnvironment = .current(),
        patience: Duration = .seconds(5)
    ) throws -> GitCommit? {
        try checkCommit(message: message, environment: environment)
        let index = try GitIndexEdit(of: handle, in: gitDirectory, patience: patience)
        let head = try headCommit()
        let edit = GitTreeEdit(of: handle)
        for change in changes {
            guard let relative = try relative(change.path) else { continue }
            let file = try stage(change, at: relative, in: index, on: head)
            edit.set(relative, to: file)
        }
        let tree = GitObjectID(raw: try edit.write(on: head?.tree.raw))
        // An index that lags behind HEAD in these files is brought in step all the same.
        try index.write()
        guard tree != head?.tree, head != nil || !changes.isEmpty else {
            try index.publish()
            return nil
        }
        let id = try makeCommit(of: tree, on: head, try Self.cleaned(message), environment)
        try index.publish()
        return try commit(id)
    }

    /// Puts a change into the index; gives what the commit has of the file, nil if nothing.
    private func stage(
        _ change: GitFileChange,
        at relative: RelativePath,
        in index: borrowing GitIndexEdit,
        on head: GitCommit?
    ) throws -> GitTreeFile? {
        guard let edit = change.edit else {
            let exists = try change.path.exists()
            if exists { try index.add(relative) } else { try index.remove(relative) }
            return index.file(at: relative)
        }
        let committed = try head.map { try file(at: relative, in: $0) } ?? nil
        try index.replace(relative, with: edited(index.file(at: relative), edit), change.path)
        return try edited(committed, edit).map { bytes in
            GitTreeFile(
                id: try makeBlob(of: bytes).raw,
                mode: committed?.mode ?? GIT_FILEMODE_BLOB
            )
        }
    }

    /// Nil if nothing is left of the file.
    private func edited(
        _ file: GitTreeFile?,
        _ edit: GitFileChange.Edit
    ) throws(GitError) -> [UInt8]? {
        var bytes: [UInt8] = []
        if let file { bytes = try content(ofBlob: GitObjectID(raw: file.id)) }
        edit(&bytes)
        return bytes.isEmpty ? nil : bytes
    }

    /// Nil if the commit has no file there.
    private func file(
        at path: RelativePath,
        in commit: GitCommit
    ) throws(GitError) -> GitTreeFile? {
        guard let entry = try tree(of: commit).entry(at: path),
            case .file(let isExecutable) = entry.kind
        else { return nil }
        let mode = isExecutable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB
        return GitTreeFile(id: entry.id.raw, mode: mode)
    }

    private func makeBlob(of bytes: [UInt8]) throws(GitError) -> GitObjectID {
        var id = git_oid()
        let code = git_blob_create_from_buffer(&id, handle, bytes, bytes.count)
        guard code == 0 else { throw .last("write a blob to", "the object database", code) }
        return GitObjectID(raw: id)
    }

    /// Nil if there is no commit yet.
    private func headCommit() throws(GitError) -> GitCommit? {
        var id = git_oid()
        let code = git_reference_name_to_id(&id, handle, "HEAD")
        if code == GIT_ENOTFOUND.rawValue { return nil }
        guard code == 0 else { throw .last("find", "HEAD", code) }
        return try commit(GitObjectID(raw: id))
    }

    private func makeCommit(
        of tree: GitObjectID,
        on parent: GitCommit?,
        _ message: String,
        _ environment: ProcessEnvironment
    ) throws -> GitObjectID {
        let content = try lookup(tree, GIT_OBJECT_TREE)
        defer { git_object_free(content) }
        let before = try parent.map { try lookup($0.id, GIT_OBJECT_COMMIT) }
        defer { git_object_free(before) }
        return try GitIdentity.with(.author, in: handle, environment) { author in
            try GitIdentity.with(.committer, in: handle, environment) { committer in
                var id = git_oid()
                var parents = [before]
                let code = git_commit_create(
                    &id,
                    handle,
                    "HEAD",
                    author,
                    committer,
                    nil,
                    message,
                    content,
                    before == nil ? 0 : 1,
                    &parents
                )
                guard code == 0 else { throw GitError.last("commit to", "HEAD", code) }
                return GitObjectID(raw: id)
            }
        }
    }

    private func lookup(_ id: GitObjectID, _ kind: git_object_t) throws(GitError) -> OpaquePointer {
        var raw = id.raw
        var object: OpaquePointer?
        let code = git_object_lookup(&object, handle, &raw, kind)
        guard code == 0, let object else { throw .last("read the object", id.hex, code) }
        return object
    }

    /// The message as Git keeps it; lines with a number sign stay, as with `git commit -m`.
    private static func cleaned(_ message: String) throws(GitError) -> String {
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        let code = git_message_prettify(&buffer, message, 0, 0)
        guard code == 0 else { throw .last("read the message", message, code) }
        return buffer.ptr.map { String(cString: $0) } ?? ""
    }
}
