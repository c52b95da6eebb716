import DVFormats
import DVObjects
import DVSystem

/// A project of this machine as its workspace or a revision has it, with a path in it.
struct WorkspaceView {
    let project: Project
    /// The way from the root of the project.
    let path: RelativePath
    private(set) var tracked: TrackedFiles
    /// With what the request says instead.
    let settings: OriginSettings
    private let files: any BrowsedFiles
    private let state: TrackedState
    private let listings: WorkspaceListings

    init(
        of project: Project,
        at target: AbsolutePath,
        _ request: OriginRequest,
        in context: OriginContext
    ) throws {
        self.project = project
        path = target.relative(to: project.root) ?? .empty
        let moment = try Moment(of: project, at: request.revision)
        files = moment.browser
        let settings = try OriginSettings(
            moment.files,
            at: project.root,
            isLocal: true,
            request: request.repository,
            in: context
        )
        try settings.checkRequestedRemote()
        self.settings = settings
        state = try TrackedState(recordedIn: moment.collection, below: project.root)
        let listings = WorkspaceListings(
            project: project,
            collection: moment.collection,
            settings: settings,
            context: context
        )
        self.listings = listings
        tracked = TrackedFiles(state, reporter: context.reporter, find: listings.listing)
    }

    /// The same, but a listing that nobody has is an error, not a warning.
    var complete: WorkspaceView {
        var view = self
        view.tracked = TrackedFiles(state, reporter: project.reporter) { [listings] in
            let (path, content) = ($0, $1)
            if let found = try listings.listing(at: path, content) { return found }
            let name = content.record.name
            let problem = TransferProblem(
                path: path.string,
                name: name,
                error: ObjectError.missing(name)
            )
            throw ProjectError.transferFailed(.download, [problem])
        }
        return view
    }

    func browser(_ scope: BrowsedRepository.Scope) -> ProjectBrowser {
        ProjectBrowser(files: files, tracked: tracked, scope: scope)
    }
}

/// Where files and stages are read from.
struct Moment {
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
