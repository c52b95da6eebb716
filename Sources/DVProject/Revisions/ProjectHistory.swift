import DVGit
import DVSystem

/// What Git remembers of a project: its commits, and the stages that each tracks.
///
/// Confined to one thread, as the repository is.
final class ProjectHistory {
    let git: GitRepository
    private let project: Project
    /// The way from the root of the repository to that of the project.
    let prefix: RelativePath
    private let trees: GitTreeMemory
    private let stageFiles = StageFileMemory()

    /// Throws `ProjectError.noHistory` for a project without Git.
    init(of project: Project) throws {
        guard let git = try project.openGit() else {
            throw ProjectError.noHistory(root: project.root)
        }
        self.git = git
        self.project = project
        trees = GitTreeMemory(git)
        let root = try project.root.resolvingLinks()
        guard let prefix = root.relative(to: try git.workingDirectory.resolvingLinks()) else {
            throw ProjectError.noHistory(root: project.root)
        }
        self.prefix = prefix
    }

    /// The commit that a user means: what Git knows by that name, else an experiment.
    ///
    /// Throws `ProjectError.unknownRevision` if nothing has that name, and `.ambiguousRevision`.
    func commit(named revision: String) throws -> GitCommit {
        if let commit = try git.commit(named: revision) { return commit }
        return try experiment(named: revision).commit
    }

    /// The files of the project at a commit, tracked data not among them.
    func files(at commit: GitCommit) -> RevisionFiles {
        RevisionFiles(of: trees.tree(of: commit), below: prefix)
    }

    /// The folder of the project at a commit; nil if it was not there yet.
    func folder(at commit: GitCommit) throws -> GitObjectID? {
        guard !prefix.isEmpty else { return commit.tree }
        let entry = try trees.tree(of: commit).entry(at: prefix)
        return entry?.kind == .folder ? entry?.id : nil
    }

    /// The stages and pointers at a commit.
    func stages(at commit: GitCommit) throws -> StageCollection {
        try StageCollection.read(files(at: commit), of: project, remembering: stageFiles)
    }
}
