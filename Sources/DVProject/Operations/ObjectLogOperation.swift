import DVGit
import DVHashing
import DVSystem

/// A commit in which some path has the content of an object.
package struct ObjectUse: Sendable {
    package let commit: GitCommit
    /// As a user in the working directory would write it.
    package let path: String
}

/// Lists the commits of all branches and tags that use an object, newest first, and the paths that do.
///
/// Files inside tracked directories are found where the cache has the listing.
package struct ObjectLogOperation {
    private let object: ObjectName
    private let limit: Int?

    package init(object: ObjectName, limit: Int? = nil) {
        self.object = object
        self.limit = limit
    }

    /// Throws `HistoryError.noUse` if there is none.
    package func run(in project: Project) throws -> [ObjectUse] {
        let history = try ProjectHistory(of: project)
        let uses = ObjectUses(of: object, in: history, project)
        var found: [ObjectUse] = []
        try history.git.forEachCommit(from: try starts(history)) { commit in
            try Interruption.check()
            guard let folder = try history.folder(at: commit) else { return true }
            found += try uses.paths(in: folder).map { path in
                ObjectUse(commit: commit, path: project.display(path))
            }
            return found.count < limit ?? .max
        }
        if found.isEmpty { throw HistoryError.noUse(object: object.text) }
        return limit.map { Array(found.prefix($0)) } ?? found
    }

    private func starts(_ history: ProjectHistory) throws -> [GitObjectID] {
        let git = history.git
        let references =
            try git.branches() + git.tags()
            + git.references(matching: "refs/remotes/*", dropping: "refs/remotes/")
        let head = try git.commit(named: "HEAD").map { [$0.id] } ?? []
        return head + references.map(\.commit.id)
    }
}
