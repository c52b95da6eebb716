import Clibgit2
import DVSystem
import Glibc

/// How the working tree, the index and the last commit differ.
package struct GitStatus: Sendable {
    /// The index differs from the last commit.
    package var hasStaged = false
    /// The working tree differs from the index; untracked files do not count.
    package var hasUnstaged = false
    /// From the root of the working tree, sorted; only if asked for.
    package var untracked: [RelativePath] = []

    package var isDirty: Bool { hasStaged || hasUnstaged || !untracked.isEmpty }
}

extension GitRepository {
    /// Whether there is no commit yet.
    package var hasNoCommits: Bool { git_repository_head_unborn(handle) == 1 }

    /// Compares the last commit, the index and the working tree; ignored folders are not entered.
    package func status(listingUntracked: Bool) throws(GitError) -> GitStatus {
        var options = git_status_options()
        git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION))
        options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
        options.flags =
            listingUntracked
            ? GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue
                | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
            : 0
        options.flags |= GIT_STATUS_OPT_EXCLUDE_SUBMODULES.rawValue
        var list: OpaquePointer?
        let code = git_status_list_new(&list, handle, &options)
        guard code == 0, let list else {
            throw .last("compare with Git's index", workingDirectory.string, code)
        }
        defer { git_status_list_free(list) }
        var status = GitStatus()
        for index in 0..<git_status_list_entrycount(list) {
            if let entry = git_status_byindex(list, index) { status.note(entry.pointee) }
        }
        status.untracked.sort()
        return status
    }
}

extension GitStatus {
    fileprivate mutating func note(_ entry: git_status_entry) {
        let flags = entry.status.rawValue
        if flags & GIT_STATUS_WT_NEW.rawValue != 0 {
            if let text = entry.index_to_workdir?.pointee.new_file.path,
                let path = RelativePath(
                    bytes: UnsafeRawBufferPointer(start: text, count: strlen(text))
                )
            {
                untracked.append(path)
            }
        } else if flags & Self.worktreeFlags != 0 {
            hasUnstaged = true
        }
        if flags & Self.indexFlags != 0 { hasStaged = true }
    }

    private static let indexFlags =
        GIT_STATUS_INDEX_NEW.rawValue | GIT_STATUS_INDEX_MODIFIED.rawValue
        | GIT_STATUS_INDEX_DELETED.rawValue | GIT_STATUS_INDEX_RENAMED.rawValue
        | GIT_STATUS_INDEX_TYPECHANGE.rawValue

    private static let worktreeFlags =
        GIT_STATUS_WT_MODIFIED.rawValue | GIT_STATUS_WT_DELETED.rawValue
        | GIT_STATUS_WT_TYPECHANGE.rawValue | GIT_STATUS_WT_RENAMED.rawValue
        | GIT_STATUS_WT_UNREADABLE.rawValue | GIT_STATUS_CONFLICTED.rawValue
}
