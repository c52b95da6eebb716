import DVFormats
import DVGit
import DVSystem
import DVWorkspace

/// A project in a directory of this machine, or a Git repository that is none, or any directory.
struct BrowsedWorkspace {
    private let project: Project
    private let request: OriginRequest
    private let context: OriginContext

    /// Nil if the address names no directory, or a repository without a working tree.
    init?(_ request: OriginRequest, in context: OriginContext) throws {
        let folder = AbsolutePath(request.url, relativeTo: context.workingDirectory)
        guard try FileStatus.followingIfPresent(folder)?.isDirectory == true else { return nil }
        do {
            project = try Project.openLooking(from: folder, in: context)
        } catch let error as GitError where error.isBare {
            return nil
        }
        self.request = request
        self.context = context
    }

    func place(of text: String?, _ scope: BrowsedRepository.Scope) throws -> BrowsedPlace {
        let target = try target(of: text)
        let project = try Project.openLooking(from: try root(around: target), in: context)
        let moment = try Moment(of: project, at: request.revision)
        let settings = try OriginSettings(
            moment.files,
            at: project.root,
            isLocal: true,
            request: request.repository,
            in: context
        )
        let tracked = TrackedFiles(
            try TrackedState(recordedIn: moment.collection, below: project.root),
            reporter: context.reporter
        ) { _, content in
            try content.listing(in: project) { try settings.remote(boundTo: content.remote) }
        }
        return BrowsedPlace(
            browser: ProjectBrowser(files: moment.browser, tracked: tracked, scope: scope),
            path: target.relative(to: project.root) ?? .empty,
            prefix: text == nil ? prefix : ""
        )
    }

    /// What a user's path means.
    private func target(of text: String?) throws -> AbsolutePath {
        guard let text, !text.isEmpty else { return project.root }
        let base = isInside ? context.workingDirectory : project.root
        let path = AbsolutePath(text, relativeTo: base)
        guard path.hasPrefix(project.root) else { throw ProjectError.pathMissing(text) }
        return path
    }

    /// The root of the innermost project that `path` is in: projects in folders of this one are separate.
    private func root(around path: AbsolutePath) throws -> AbsolutePath {
        var folder = path
        while folder != project.root {
            let marker = try FileStatus.followingIfPresent(folder.appending(".dvc"))
            if marker?.isDirectory == true { return folder }
            folder = folder.parent
        }
        return folder
    }

    private var prefix: String {
        isInside && context.workingDirectory != project.root
            ? project.root.climbing(from: context.workingDirectory) + "/" : ""
    }

    private var isInside: Bool { context.workingDirectory.hasPrefix(project.root) }
}

/// A project as its workspace or a revision has it.
private struct Moment {
    let files: any ProjectFiles
    let collection: StageCollection
    let browser: any BrowsedFiles

    init(of project: Project, at revision: String?) throws {
        guard let revision else {
            files = try WorkspaceFiles(of: project)
            collection = try .read(project)
            browser = try WorkspaceBrowser(of: project)
            return
        }
        let history = try ProjectHistory(of: project)
        let found = history.files(at: try history.commit(named: revision))
        files = found
        collection = try .read(found, of: project)
        browser = RevisionBrowser(found, in: history.git, at: project.root)
    }
}

extension Project {
    /// The project that `directory` is in; without one, the Git repository or the directory itself, seen as a project that tracks nothing.
    fileprivate static func openLooking(
        from directory: AbsolutePath,
        in context: OriginContext
    ) throws -> Project {
        do {
            return try open(
                from: directory,
                reporter: context.reporter,
                environment: context.environment
            )
        } catch ProjectError.notAProject {
            let git = try GitRepository.discover(from: directory)
            return try openUninitialized(
                at: git?.workingDirectory ?? directory,
                reporter: context.reporter,
                environment: context.environment
            )
        }
    }
}
