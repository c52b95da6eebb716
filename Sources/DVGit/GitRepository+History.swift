import Clibgit2

/// A branch or tag.
package struct GitReference: Hashable, Sendable {
    /// Without `refs/heads/` or `refs/tags/`.
    package let name: String
    package let commit: GitCommit
}

/// Commits and the names that lead to them.
extension GitRepository {
    /// The commit that `revision` names, as `git rev-parse` reads it; nil if nothing does.
    package func commit(named revision: String) throws(GitError) -> GitCommit? {
        var object: OpaquePointer?
        let code = git_revparse_single(&object, handle, revision)
        if [GIT_ENOTFOUND.rawValue, GIT_EINVALIDSPEC.rawValue].contains(code) { return nil }
        // libgit2 calls a name ambiguous that is too short for a digest, though Git looks at no digests for it.
        if code == GIT_EAMBIGUOUS.rawValue,
            revision.prefix(while: \.isHexDigit).count < GIT_OID_MINPREFIXLEN
        {
            return nil
        }
        guard code == 0, let object else { throw .last("find the revision", revision, code) }
        defer { git_object_free(object) }
        var commit: OpaquePointer?
        // A tag leads to its commit; a blob or a tree to none.
        guard git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0, let commit else {
            return nil
        }
        defer { git_object_free(commit) }
        return GitCommit(commit)
    }

    /// The commit of an identifier that some commit or reference holds.
    package func commit(_ id: GitObjectID) throws(GitError) -> GitCommit {
        var raw = id.raw
        var commit: OpaquePointer?
        let code = git_commit_lookup(&commit, handle, &raw)
        guard code == 0, let commit else { throw .last("read the commit", id.hex, code) }
        defer { git_commit_free(commit) }
        return GitCommit(commit)
    }

    /// Local branches, sorted by name.
    package func branches() throws(GitError) -> [GitReference] {
        try references(matching: "refs/heads/*", dropping: "refs/heads/")
    }

    /// Tags that lead to commits, sorted by name.
    package func tags() throws(GitError) -> [GitReference] {
        try references(matching: "refs/tags/*", dropping: "refs/tags/")
    }

    /// References whose full name matches a pattern like `refs/exps/*`, those that lead to no commit left out.
    package func references(
        matching pattern: String,
        dropping prefix: String
    ) throws(GitError) -> [GitReference] {
        var iterator: OpaquePointer?
        let code = git_reference_iterator_glob_new(&iterator, handle, pattern)
        guard code == 0, let iterator else { throw .last("list the references", pattern, code) }
        defer { git_reference_iterator_free(iterator) }
        var found: [GitReference] = []
        var name: UnsafePointer<CChar>?
        while git_reference_next_name(&name, iterator) == 0, let name {
            let text = String(cString: name)
            guard let commit = try commit(named: text) else { continue }
            found.append(GitReference(name: String(text.dropFirst(prefix.count)), commit: commit))
        }
        return found.sorted { $0.name < $1.name }
    }

    /// Every commit that can be reached from `starts`, once, children before parents and newest first, until `body` gives
    /// false.
    package func forEachCommit(
        from starts: [GitObjectID],
        _ body: (GitCommit) throws -> Bool
    ) throws {
        var walk: OpaquePointer?
        let code = git_revwalk_new(&walk, handle)
        guard code == 0, let walk else {
            throw GitError.last("read the history of", workingDirectory.string, code)
        }
        defer { git_revwalk_free(walk) }
        git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_TIME.rawValue)
        for start in starts {
            var raw = start.raw
            let code = git_revwalk_push(walk, &raw)
            guard code == 0 else { throw GitError.last("read the history of", start.hex, code) }
        }
        var next = git_oid()
        while git_revwalk_next(&next, walk) == 0 {
            guard try body(try commit(GitObjectID(raw: next))) else { return }
        }
    }
}

/// A change of a reference.
package struct GitLogEntry: Hashable, Sendable {
    package let commit: GitObjectID
    package let message: String
}

extension GitRepository {
    /// Whether `commit` is `latest`, or an ancestor of it.
    package func isPart(
        _ commit: GitObjectID,
        ofHistoryOf latest: GitObjectID
    ) throws(GitError) -> Bool {
        if commit == latest { return true }
        var (ancestor, descendant) = (commit.raw, latest.raw)
        let code = git_graph_descendant_of(handle, &descendant, &ancestor)
        guard code >= 0 else { throw .last("read the history of", latest.hex, code) }
        return code == 1
    }

    /// What a reference led to, newest first; nothing if it has no log.
    package func log(ofReference name: String) throws(GitError) -> [GitLogEntry] {
        var log: OpaquePointer?
        let code = git_reflog_read(&log, handle, name)
        guard code == 0, let log else { throw .last("read the log of", name, code) }
        defer { git_reflog_free(log) }
        return (0..<git_reflog_entrycount(log)).compactMap { index in
            guard let entry = git_reflog_entry_byindex(log, index),
                let id = git_reflog_entry_id_new(entry)
            else { return nil }
            let message = git_reflog_entry_message(entry).map { String(cString: $0) }
            return GitLogEntry(commit: GitObjectID(raw: id.pointee), message: message ?? "")
        }
    }
}
