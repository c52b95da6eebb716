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
            project = try Project.openLooking(
                from: folder,
                reporter: context.reporter,
                environment: context.environment
            )
        } catch let error as GitError where error.isBare {
            return nil
        }
        self.request = request
        self.context = context
    }

    func place(of text: String?, _ scope: BrowsedRepository.Scope) throws -> BrowsedPlace {
        let view = try view(of: text)
        return BrowsedPlace(
            browser: view.browser(scope),
            path: view.path,
            prefix: text == nil ? prefix : ""
        )
    }

    /// What a user calls `text`, with the project that it is in; `isComplete` makes a listing that nobody has an error.
    func view(of text: String?, isComplete: Bool = false) throws -> WorkspaceView {
        let target = try target(of: text)
        let project = try Project.openLooking(
            from: try root(around: target),
            reporter: context.reporter,
            environment: context.environment
        )
        let view = try WorkspaceView(of: project, at: target, request, in: context)
        return isComplete ? view.complete : view
    }

    /// Whether it is a project without Git, so that there are no revisions.
    func isWithoutGit() throws -> Bool {
        try FileStatus.followingIfPresent(project.dvcDirectory)?.isDirectory == true
            && project.openGit() == nil
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

    /// Paths of a revision count from the root, wherever the user is, as in DVC.
    private var isInside: Bool {
        request.revision == nil && context.workingDirectory.hasPrefix(project.root)
    }
}
