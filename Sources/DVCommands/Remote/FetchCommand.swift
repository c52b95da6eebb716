import ArgumentParser
import DVProject

/// `dvswift fetch`: remote to cache.
struct FetchCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Download tracked data from a remote into the cache.",
        discussion: """
            Every object is verified against its digest before it enters the cache. The workspace is left alone: \
            see `dvswift checkout` and `dvswift pull`.
            """
    )

    var failure: FailureReport {
        FailureReport(prefix: "failed to fetch data from the cloud", status: .failure)
    }

    @Argument(
        help: "Tracked files or directories, .dvc files or stage names; everything by default.",
        completion: .file()
    )
    var targets: [String] = []

    @OptionGroup var remote: RemoteOption
    @OptionGroup var transfer: JobsOption
    @OptionGroup var scope: ScopeOptions

    @Flag(name: .customLong("glob"), help: "Let targets contain shell-style wildcards.")
    var usesGlob = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = FetchOperation(
            selection: scope.selection(targets, usesGlob: usesGlob),
            remote: remote.name,
            jobs: transfer.jobs
        )
        let report = try operation.run(in: project)
        project.reporter.report(.answer(SummaryText.files([("fetched", report.transferred)])))
    }
}
