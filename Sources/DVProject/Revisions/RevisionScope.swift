import DVGit

/// The commits that a command looks at besides the workspace.
package struct RevisionScope: Sendable {
    package var revision: String?
    /// How many commits, first parents only, from `revision` and from each branch.
    package var count: Int?
    package var hasAllBranches = false
    package var hasAllTags = false
    package var hasAllCommits = false
    package var hasAllExperiments = false
    /// Seconds since 1970: also commits since then.
    package var since: Int64?

    package init() {}

    /// Whether no commit at all is meant.
    package var isEmpty: Bool {
        revision == nil && since == nil
            && !(hasAllBranches || hasAllTags || hasAllCommits || hasAllExperiments)
    }
}

extension ProjectHistory {
    /// Each commit once; throws `ProjectError.unknownRevision`.
    func commits(in scope: RevisionScope) throws -> [GitCommit] {
        var commits: [GitCommit] = []
        if let revision = scope.revision {
            commits += try firstParents(of: commit(named: revision), count: scope.count)
        }
        if scope.hasAllBranches {
            for branch in try git.branches() {
                commits += try firstParents(of: branch.commit, count: scope.count)
            }
        }
        if scope.hasAllTags { commits += try git.tags().map(\.commit) }
        if scope.hasAllExperiments {
            commits += try experimentCommits()
        }
        if scope.hasAllCommits || scope.since != nil {
            try forEachCommit { commit in
                if scope.hasAllCommits || commit.time >= scope.since ?? 0 { commits.append(commit) }
                return true
            }
        }
        var seen: Set<GitObjectID> = []
        return commits.filter { seen.insert($0.id).inserted }
    }

    /// Of each experiment the commits since the one it started from.
    private func experimentCommits() throws -> [GitCommit] {
        try git.references(matching: "refs/exps/*", dropping: "refs/exps/").flatMap { reference in
            var line = [reference.commit]
            // References of other kinds, such as the stash, have no start.
            guard let start = Experiment(reference)?.baseline else { return line }
            while let next = line.last?.parents.first, next.hex != start,
                let parent = try parent(next)
            {
                line.append(parent)
            }
            return line
        }
    }

    /// Every commit that a reference or HEAD leads to, newest first, until `body` gives false.
    func forEachCommit(_ body: (GitCommit) throws -> Bool) throws {
        var starts = try git.references(matching: "refs/*", dropping: "refs/").map(\.commit.id)
        if let head = try git.commit(named: "HEAD") { starts.append(head.id) }
        try git.forEachCommit(from: starts, body)
    }

    private func firstParents(of commit: GitCommit, count: Int?) throws -> [GitCommit] {
        var line = [commit]
        while line.count < count ?? 1, let parent = line.last?.parents.first {
            line.append(try git.commit(parent))
        }
        return line
    }
}
