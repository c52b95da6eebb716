import ArgumentParser
import DVProject
import DVWorkspace

/// `dvswift pull`: remote to workspace.
struct PullCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Download tracked data from a remote and check it out.",
        discussion: "The same as `dvswift fetch` followed by `dvswift checkout`."
    )

    var failure: FailureReport {
        FailureReport(prefix: "failed to pull data from the cloud", status: .failure)
    }

    @Argument(
        help: "Tracked files or directories, .dvc files or stage names; everything by default.",
        completion: .file()
    )
    var targets: [String] = []

    @OptionGroup var remote: RemoteOption
    @OptionGroup var transfer: JobsOption
    @OptionGroup var scope: ScopeOptions

    @Flag(
        name: .shortAndLong,
        help: "Overwrite and remove workspace data even if it is not in the cache."
    )
    var force = false

    @Flag(name: .customLong("allow-missing"), help: "Skip what neither cache nor remote has.")
    var isAllowingMissing = false

    @Flag(name: .customLong("glob"), help: "Let targets contain shell-style wildcards.")
    var usesGlob = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = PullOperation(
            selection: scope.selection(targets, usesGlob: usesGlob),
            remote: remote.name,
            jobs: transfer.jobs,
            checkout: CheckoutOptions(force: force, allowMissing: isAllowingMissing)
        )
        let report = try operation.run(in: project)
        let view = CheckoutView(report.checkout)
        view.showChanges(on: project.reporter)
        view.showSummary(
            on: project.reporter,
            after: [("fetched", report.fetched)],
            otherwise: SummaryText.nothingToDo
        )
        try report.checkout.throwIfIncomplete()
    }
}
