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

    @OptionGroup var transfer: TransferOptions
    @OptionGroup var remote: RemoteOption

    @Flag(
        name: .shortAndLong,
        help: "Overwrite and remove workspace data even if it is not in the cache."
    )
    var force = false

    @Flag(name: .customLong("allow-missing"), help: "Skip what neither cache nor remote has.")
    var isAllowingMissing = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = PullOperation(
            transfer.request(remote: remote.name),
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
