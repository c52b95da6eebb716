import DVGit

/// A commit that an experiment left: `refs/exps/ab/cdef…/name`, where the digits are those of the commit it started from.
struct Experiment {
    let name: String
    /// In hexadecimal digits.
    let baseline: String
    let commit: GitCommit

    /// `reference` is named from below `refs/exps`; nil for other kinds, such as the stash.
    init?(_ reference: GitReference) {
        let parts = reference.name.split(separator: "/", maxSplits: 2)
        guard parts.count == 3, (parts[0] + parts[1]).utf8.count == 40 else { return nil }
        name = String(parts[2])
        baseline = String(parts[0] + parts[1])
        commit = reference.commit
    }
}

extension ProjectHistory {
    /// Sorted by the digits that they started from, then by name.
    func experiments() throws -> [Experiment] {
        try git.references(matching: "refs/exps/*", dropping: "refs/exps/")
            .compactMap(Experiment.init)
    }

    /// Of several with the same name, that of the current commit is meant.
    ///
    /// Throws `ProjectError.unknownRevision` and `.ambiguousRevision`.
    func experiment(named name: String) throws -> Experiment {
        let found = try experiments().filter { $0.name == name }
        guard let first = found.first else { throw ProjectError.unknownRevision(name) }
        if found.count == 1 { return first }
        let head = try git.commit(named: "HEAD")?.id.hex
        guard let current = found.first(where: { $0.baseline == head }) else {
            throw ProjectError.ambiguousRevision(
                name,
                baselines: found.map { String($0.baseline.prefix(7)) }
            )
        }
        return current
    }

    /// The digits of the commit that the first experiment with `commit` in it started from, or that one in the queue
    /// did; nil if it belongs to none.
    func baseline(of commit: GitCommit) throws -> String? {
        for queue in ["refs/exps/stash", "refs/exps/celery/stash"] {
            for entry in try git.log(ofReference: queue) where entry.commit == commit.id {
                // "commit: dvc-exp:<HEAD>:<baseline>:<name>"
                let parts = entry.message.split(separator: ":", omittingEmptySubsequences: false)
                if parts.count > 3, parts[1].hasSuffix("dvc-exp") { return String(parts[3]) }
            }
        }
        return try experiments().first { try git.isPart(commit.id, ofHistoryOf: $0.commit.id) }?
            .baseline
    }
}
