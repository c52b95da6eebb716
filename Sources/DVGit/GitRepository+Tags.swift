import Clibgit2

/// A tag that is an object of its own, with an author and a message.
package struct GitAnnotatedTag: Hashable, Sendable {
    package let name: String
    package let commit: GitCommit
    /// Seconds since 1970; 0 if it has no author.
    package let time: Int64
}

extension GitRepository {
    /// Tags with an author that lead to commits, sorted by name; plain names of commits are left out.
    package func annotatedTags() throws(GitError) -> [GitAnnotatedTag] {
        var found: [GitAnnotatedTag] = []
        for reference in try tags() {
            var object: OpaquePointer?
            let name = "refs/tags/" + reference.name
            let code = git_revparse_single(&object, handle, name)
            guard code == 0, let object else { throw .last("read the tag", reference.name, code) }
            defer { git_object_free(object) }
            guard git_object_type(object) == GIT_OBJECT_TAG else { continue }
            let time = git_tag_tagger(object)?.pointee.when.time ?? 0
            found.append(
                GitAnnotatedTag(name: reference.name, commit: reference.commit, time: time)
            )
        }
        return found
    }
}
