import DVGit
import DVSystem

/// A project as its workspace or a commit has it.
///
/// Confined to one thread.
final class ProjectMoment {
    let files: any ProjectFiles
    let browser: any BrowsedFiles
    /// Nil for the workspace.
    let revision: RevisionFiles?
    let listings = LastListing()
    private let read: () throws -> StageCollection
    private var stages: Result<StageCollection, any Error>?

    init(of project: Project) throws {
        read = { try .read(project) }
        files = try WorkspaceFiles(of: project)
        browser = try WorkspaceBrowser(of: project)
        revision = nil
    }

    init(of project: Project, at commit: GitCommit, in history: ProjectHistory) {
        read = { try history.stages(at: commit) }
        let found = history.files(at: commit)
        files = found
        browser = RevisionBrowser(found, in: history.git, at: project.root)
        revision = found
    }

    /// `revision` nil means the workspace.
    convenience init(of project: Project, at revision: String?) throws {
        guard let revision else {
            try self.init(of: project)
            return
        }
        let history = try ProjectHistory(of: project)
        self.init(of: project, at: try history.commit(named: revision), in: history)
    }

    /// Where links lead that Git has; the workspace's are followed by the system.
    func followingLinks(_ path: RelativePath) throws -> RelativePath {
        try revision?.followingLinks(path) ?? path
    }

    /// The stages and pointers, read when they are first asked for.
    func collection() throws -> StageCollection {
        if let stages { return try stages.get() }
        let result = Result { try read() }
        stages = result
        return try result.get()
    }
}
