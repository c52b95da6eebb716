import ArgumentParser
import DVProject

/// `dvswift gc`: removes what nothing needs.
struct GCCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Remove objects from the cache or a remote that nothing needs any more.",
        discussion: """
            What the workspace needs always stays; the options say what else. Lists path, commit, size and age of what \
            goes. Objects that are stored while it runs stay. Storage that others use too is safe with --keep-newer, \
            and with --projects naming their projects: nothing else tells what they need.
            """
    )

    /// The operation takes the locks of all projects, in an order of its own.
    static var holdsLock: Bool { false }

    @OptionGroup(title: "What to keep") var kept: GarbageScopeOptions

    @Flag(name: .shortAndLong, help: "Collect in the remote as well.") var cloud = false

    @OptionGroup var remote: RemoteOption

    @Flag(name: .customLong("not-in-remote"), help: "Keep only what the remote does not have.")
    var isDroppingPushed = false

    @Flag(help: "List what would go, and remove nothing.") var dry = false

    @Flag(name: .shortAndLong, help: "Do not ask.") var force = false

    @Flag(
        name: .customLong("skip-failed"),
        help: "Go on although a revision cannot be read, or the files of a directory are not known."
    )
    var isSkippingFailures = false

    @Flag(help: "Print JSON.") var json = false

    @OptionGroup var parallel: JobsOption
    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        try check()
        let warning = kept.warning(isDroppingPushed: isDroppingPushed, in: project)
        project.reporter.report(.warning(warning))
        if !dry, !force {
            guard Prompt.confirm("Are you sure you want to proceed?") else {
                throw ExitCode(ExitStatus.failure.rawValue)
            }
        }
        let reports = try collect(in: project)
        let view = GarbageView(reports, isDry: dry)
        if json {
            project.reporter.report(.answer(view.json))
        } else {
            for line in view.lines { project.reporter.report(.answer(line)) }
        }
    }

    /// DVC takes a remote that is not there for a wrong setting here.
    private func collect(in project: Project) throws -> [GarbageReport] {
        do {
            return try CollectGarbageOperation(try options()).run(in: project)
        } catch let error as ProjectError where error.isAboutMissingRemote {
            let account = ErrorAccount(error)
            throw InvalidUse(
                "configuration error - \(account.text)",
                status: .configuration,
                hint: account.hint
            )
        }
    }

    private func check() throws {
        if isDroppingPushed, cloud {
            throw InvalidUse(
                "`--not-in-remote` and `--cloud` are mutually exclusive",
                status: .other
            )
        }
        try kept.check()
    }

    private func options() throws -> GarbageOptions {
        var options = GarbageOptions()
        options.kept = try kept.scope()
        options.projects = kept.projects
        options.keepsNewer = try kept.keepsNewer()
        options.isCollectingRemote = cloud
        options.isDroppingPushed = isDroppingPushed
        options.remote = remote.name
        options.isDry = dry
        options.isSkippingFailures = isSkippingFailures
        options.jobs = parallel.jobs
        return options
    }
}

extension ProjectError {
    fileprivate var isAboutMissingRemote: Bool {
        switch self {
        case .noRemote, .unknownRemote: true
        default: false
        }
    }
}
