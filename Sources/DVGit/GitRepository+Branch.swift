import Clibgit2

extension GitRepository {
    /// The branch that HEAD is on, made or not; nil if HEAD names a commit.
    package func currentBranch() throws(GitError) -> String? {
        var head: OpaquePointer?
        let code = git_reference_lookup(&head, handle, "HEAD")
        guard code == 0, let head else { throw .last("find", "HEAD", code) }
        defer { git_reference_free(head) }
        guard let target = git_reference_symbolic_target(head) else { return nil }
        let name = String(cString: target)
        return name.hasPrefix("refs/heads/") ? String(name.dropFirst(11)) : nil
    }
}
