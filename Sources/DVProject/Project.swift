import DVFormats
import DVGit
import DVHashing
import DVObjects
import DVPipeline
import DVReporting
import DVSystem
import DVWorkspace

/// An open project: what every operation stands on.
///
/// Opening reads settings only; all else is done when first needed.
package final class Project: Sendable {
    package let root: AbsolutePath
    package let workingDirectory: AbsolutePath
    package let reporter: any Reporter
    package let settings: ProjectSettings
    package let lock: ProjectLock
    let stageLocks: StageLocks

    let cache: ObjectStore
    /// Objects of data that DVC 2 tracked, in the same folder.
    let legacyCache: ObjectStore
    let runCache: RunCache
    let state: StateStore
    let ignoring: IgnoreFiles
    let environment: ProcessEnvironment

    private init(
        root: AbsolutePath,
        from workingDirectory: AbsolutePath,
        reporter: any Reporter,
        environment: ProcessEnvironment
    ) throws {
        self.root = root
        self.workingDirectory = workingDirectory
        self.reporter = reporter
        self.environment = environment
        let temporary = root.appending(".dvc/tmp")
        let files = try SettingsFiles(
            dvcDirectory: root.appending(".dvc"),
            workingDirectory: workingDirectory,
            environment: environment.variables
        )
        try files.validate()
        settings = try ProjectSettings(files, root: root)
        lock = ProjectLock(at: temporary.appending("lock"), reporter: reporter)
        stageLocks = StageLocks(in: temporary, reporter: reporter)
        cache = ObjectStore(
            at: settings.cacheDirectory,
            settings: settings.store,
            knownContents: KnownContents(in: temporary.appending("dvswift"))
        )
        legacyCache = ObjectStore(
            at: settings.cacheDirectory,
            scheme: .md5DOS2Unix,
            settings: settings.store
        )
        runCache = RunCache(inCache: settings.cacheDirectory, reporter: reporter)
        state = StateStore(
            directory: temporary.appending("dvswift"),
            projectRoot: root,
            reporter: reporter
        )
        ignoring = IgnoreFiles(projectRoot: root)
    }

    /// Opens the project that `workingDirectory` is in.
    ///
    /// `environment` says where the settings of user and machine are, and is what the commands of stages get.
    package static func open(
        from workingDirectory: AbsolutePath,
        reporter: any Reporter,
        environment: ProcessEnvironment = .current()
    ) throws -> Project {
        let root = try root(containing: workingDirectory)
        return try Project(
            root: root,
            from: workingDirectory,
            reporter: reporter,
            environment: environment
        )
    }

    /// The project that `directory` is in; without one, the Git repository or the directory itself, seen as a project that
    /// tracks nothing: only for operations that write nothing.
    package static func openLooking(
        from directory: AbsolutePath,
        reporter: any Reporter,
        environment: ProcessEnvironment = .current()
    ) throws -> Project {
        let git =
            try rootIfPresent(containing: directory) == nil
            ? GitRepository.discover(from: directory) : nil
        let root = try rootIfPresent(containing: directory) ?? git?.workingDirectory ?? directory
        return try Project(
            root: root,
            // Links lead to where Git says that it is.
            from: directory.hasPrefix(root) ? directory : try directory.resolvingLinks(),
            reporter: reporter,
            environment: environment
        )
    }

    /// The nearest folder at or above `directory` that holds a `.dvc` folder.
    package static func root(containing directory: AbsolutePath) throws -> AbsolutePath {
        guard let root = try rootIfPresent(containing: directory) else {
            throw ProjectError.notAProject(directory: directory)
        }
        return root
    }

    /// `root(containing:)`, or nil outside of projects.
    static func rootIfPresent(containing directory: AbsolutePath) throws -> AbsolutePath? {
        var candidate = directory
        while true {
            let status = try FileStatus.ifPresent(candidate.appending(".dvc"))
            if status?.isDirectory == true { return candidate }
            if candidate.isRoot { return nil }
            candidate = candidate.parent
        }
    }

    var dvcDirectory: AbsolutePath { root.appending(".dvc") }

    var place: ProjectPlace { ProjectPlace(root: root, workingDirectory: workingDirectory) }

    var pool: WorkerPool { WorkerPool(jobs: settings.jobs) }

    /// The cache that holds objects named by `scheme`.
    func cache(for scheme: HashScheme) -> ObjectStore {
        scheme == .md5 ? cache : legacyCache
    }

    /// `path` as a user in the working directory would write it.
    package func display(_ path: AbsolutePath) -> String {
        path.climbing(from: workingDirectory)
    }

    /// What a user typed, as a path.
    package func path(of text: String) -> AbsolutePath {
        AbsolutePath(text, relativeTo: workingDirectory)
    }

    /// `jobs` stands for the number that is set.
    func hasher(
        scheme: HashScheme,
        progress: Progress? = nil,
        jobs: Int? = nil
    ) -> TreeHasher {
        let pool = jobs.map { WorkerPool(jobs: $0) } ?? pool
        return TreeHasher(
            walk: WorkspaceWalk(ignoring: ignoring, pool: pool, objectsIn: cache.root),
            state: state,
            scheme: scheme,
            progress: progress
        )
    }

    /// Runs `body` with a progress line for the time it takes.
    func withProgress<Result>(_ label: String, _ body: (Progress) throws -> Result) rethrows
        -> Result
    {
        let progress = Progress(label)
        reporter.begin(progress)
        defer { progress.finish() }
        return try body(progress)
    }
}
