import DVGit
import DVReporting
import DVSystem
import DVWorkspace

/// A project in a directory of this machine, or a Git repository that is none, opened to be looked at.
package struct BrowsedRepository {
    package enum Scope: Sendable {
        case everything
        case trackedOnly
    }

    private let project: Project
    private let workingDirectory: AbsolutePath
    private let revision: String?
    /// Where listings are that the cache lacks; nil means the default.
    private let remote: String?

    /// `location` is a path from the working directory.
    ///
    /// Throws `ProjectError.unsupportedScheme` for anything else.
    package init(
        at location: String,
        revision: String?,
        remote: String? = nil,
        from workingDirectory: AbsolutePath,
        reporter: any Reporter,
        environment: ProcessEnvironment = .current()
    ) throws {
        let folder = AbsolutePath(location, relativeTo: workingDirectory)
        guard try FileStatus.followingIfPresent(folder)?.isDirectory == true else {
            throw Self.problem(with: location)
        }
        project = try Project.openLooking(
            from: folder,
            reporter: reporter,
            environment: environment
        )
        self.workingDirectory = workingDirectory
        self.revision = revision
        self.remote = remote
    }

    private static func problem(with location: String) -> ProjectError {
        let parts = location.split(separator: ":", maxSplits: 1)
        let isRemote = parts.count == 2 && !location.hasPrefix("/") && !location.hasPrefix(".")
        guard isRemote, let scheme = parts.first else {
            return .noRepository(location)
        }
        let isURL = location.contains("://")
        return .unsupportedScheme(url: location, scheme: isURL ? String(scheme) : "ssh")
    }

    /// Files and tracked data as one tree.
    func browser(_ scope: Scope) throws -> ProjectBrowser {
        let history = try revision.map { name in
            let history = try ProjectHistory(of: project)
            return (history, try history.commit(named: name))
        }
        let collection = try history.map { try $0.0.stages(at: $0.1) } ?? .read(project)
        let state = try TrackedState(recordedIn: collection, of: project).asking(remote)
        let tracked = TrackedFiles(state, of: project)
        guard scope == .everything else { return ProjectBrowser(files: nil, tracked: tracked) }
        guard let (history, commit) = history else {
            return ProjectBrowser(files: try WorkspaceBrowser(of: project), tracked: tracked)
        }
        let files = RevisionBrowser(history.files(at: commit), of: history, in: project)
        return ProjectBrowser(files: files, tracked: tracked)
    }

    /// What a user's path means.
    func path(of text: String?) throws -> RelativePath {
        guard let text, !text.isEmpty else { return .empty }
        let base = isInside ? workingDirectory : project.root
        let path = AbsolutePath(text, relativeTo: base)
        guard let relative = path.relative(to: project.root) else {
            throw ProjectError.pathMissing(text)
        }
        return relative
    }

    /// How the names of a list of the whole project start: DVC shows them from the working directory.
    var prefix: String {
        isInside && workingDirectory != project.root
            ? project.root.climbing(from: workingDirectory) + "/" : ""
    }

    private var isInside: Bool { workingDirectory.hasPrefix(project.root) }
}

extension Project {
    /// The project that `directory` is in; without one, the Git repository or the directory itself, seen as a project that tracks nothing.
    fileprivate static func openLooking(
        from directory: AbsolutePath,
        reporter: any Reporter,
        environment: ProcessEnvironment
    ) throws -> Project {
        do {
            return try open(from: directory, reporter: reporter, environment: environment)
        } catch ProjectError.notAProject {
            let git = try GitRepository.discover(from: directory)
            return try openUninitialized(
                at: git?.workingDirectory ?? directory,
                reporter: reporter,
                environment: environment
            )
        }
    }
}
