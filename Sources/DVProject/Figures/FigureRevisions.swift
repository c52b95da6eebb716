import DVFormats
import DVGit
import DVSystem

/// The moments that a command looks at.
struct FigureRevisions {
    private let history: ProjectHistory?
    private let project: Project

    /// Without Git there is the workspace alone.
    init(of project: Project) throws {
        self.project = project
        history = try project.openGit() == nil ? nil : ProjectHistory(of: project)
    }

    /// The workspace, then each commit once with all names that it has among `revisions` or in `scope`.
    ///
    /// Commits that do not have the project are left out. Throws `ProjectError.unknownRevision`.
    func moments(
        _ question: FigureQuestion,
        revisions: [String] = [],
        scope: RevisionScope = RevisionScope()
    ) throws -> [FigureMoment] {
        let reader = FigureReader(question, in: project)
        var moments = [
            try reader.moment(FigureMoment.workspaceName) { try ProjectMoment(of: project) }
        ]
        guard let history else { return moments }
        let named = try revisions.map { ($0, try history.commit(named: $0)) }
        for (commit, names) in Self.grouped(try named + history.named(in: scope)) {
            guard try history.folder(at: commit) != nil else { continue }
            let moment = try reader.moment(names.joined(separator: ",")) {
                ProjectMoment(of: project, at: commit, in: history)
            }
            moments.append(moment)
        }
        return moments
    }

    /// Whether there is nothing to compare with.
    var hasNoCommit: Bool {
        get throws {
            guard let history else { throw ProjectError.noHistory(root: project.root) }
            return try history.git.commit(named: "HEAD") == nil
        }
    }

    /// Nil without Git, and where HEAD is no branch.
    var currentBranch: String? {
        get throws { try history?.git.currentBranch() }
    }

    private static func grouped(
        _ named: [(name: String, commit: GitCommit)]
    ) -> [(commit: GitCommit, names: [String])] {
        var indices: [GitObjectID: Int] = [:]
        var groups: [(commit: GitCommit, names: [String])] = []
        for (name, commit) in named {
            guard let index = indices[commit.id] else {
                indices[commit.id] = groups.count
                groups.append((commit, [name]))
                continue
            }
            if !groups[index].names.contains(name) { groups[index].names.append(name) }
        }
        return groups
    }
}

extension ProjectHistory {
    /// Branches and tags by their names, or all commits by their digits, newest first.
    fileprivate func named(in scope: RevisionScope) throws -> [(name: String, commit: GitCommit)] {
        var found: [(name: String, commit: GitCommit)] = []
        if scope.hasAllCommits {
            var starts = try ["heads", "remotes", "tags"].flatMap { kind in
                try git.references(matching: "refs/\(kind)/*", dropping: "").map(\.commit.id)
            }
            if let head = try git.commit(named: "HEAD") { starts.append(head.id) }
            try git.forEachCommit(from: starts) { commit in
                found.append((commit.id.hex, commit))
                return true
            }
            return found
        }
        if scope.hasAllBranches { found += try git.branches().map { ($0.name, $0.commit) } }
        if scope.hasAllTags { found += try git.tags().map { ($0.name, $0.commit) } }
        return found
    }
}
