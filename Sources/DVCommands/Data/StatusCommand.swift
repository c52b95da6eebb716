import ArgumentParser
import DVProject

/// `dvswift status`: what changed since the last commit or repro, or between cache and remote.
struct StatusCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show changed data and stages, or compare the cache with a remote.",
        discussion: """
            Compares the workspace with pointers and dvc.lock. With --cloud or --remote, compares the cache with a \
            remote instead: "new" is what a push would send, "deleted" what a fetch would bring, "missing" what \
            neither has. With --all-branches, --all-tags or --all-commits, also what those commits need.

            With --quiet, prints nothing and exits with 1 if anything changed.
            """
    )

    var failure: FailureReport { FailureReport(status: .failure) }

    @Flag(name: .shortAndLong, help: "Compare the cache with the default remote.")
    var cloud = false

    @OptionGroup var remote: RemoteOption

    @OptionGroup var target: TargetOptions

    @OptionGroup var revisions: RevisionOptions

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(
        name: .customLong("no-updates"),
        help: "Do not ask other repositories for newer versions of imported data."
    )
    var isIgnoringUpdates = false

    @Flag(
        name: .customLong("why"),
        help: """
            Say why stages would run: old and new values of what changed, and which other stage reaches them.
            """
    )
    var isExplaining = false

    @OptionGroup var parallel: JobsOption

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        if cloud || remote.name != nil {
            var selection = target.selection
            selection.revisions = revisions.scope
            let operation = RemoteStatusOperation(
                TransferRequest(selection, remote: remote.name, jobs: parallel.jobs)
            )
            let view = RemoteStatusView(try operation.run(in: project), isIndented: cloud)
            try show(view, in: project)
        } else {
            try checkLocal()
            if isExplaining {
                let operation = ExplainOperation(selection: target.selection)
                return try show(ExplanationListView(try operation.run(in: project)), in: project)
            }
            let operation = StatusOperation(
                selection: target.selection,
                isLookingForUpdates: !isIgnoringUpdates
            )
            try show(StatusView(try operation.run(in: project)), in: project)
        }
    }

    private func checkLocal() throws {
        let names = revisions.names + (parallel.jobs == nil ? [] : ["--jobs"])
        guard !names.isEmpty else { return }
        throw InvalidUse(
            "The following options are meaningless for local status: "
                + names.joined(separator: ", ")
        )
    }

    private func show(_ view: some ChangeView, in project: Project) throws {
        if json {
            project.reporter.report(.answer(view.json))
        } else if global.quiet {
            if view.hasChanges { throw ExitCode(ExitStatus.failure.rawValue) }
        } else {
            for line in view.lines { project.reporter.report(.answer(line)) }
        }
    }
}
