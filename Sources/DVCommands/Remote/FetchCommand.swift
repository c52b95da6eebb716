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

    @OptionGroup var transfer: TransferOptions
    @OptionGroup var remote: RemoteOption

    @Option(
        name: .customLong("max-size"),
        help: ArgumentHelp(
            "Fetch only files and directories that are recorded as smaller than this.",
            valueName: "bytes"
        )
    )
    var sizeLimit: Int64?

    @Option(
        name: .customLong("type"),
        help: ArgumentHelp(
            "Fetch only metrics or plots; may be given twice.",
            valueName: "metrics|plots"
        )
    )
    var kinds: [FetchFilter.Kind] = []

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = FetchOperation(
            transfer.request(remote: remote.name),
            filter: FetchFilter(sizeLimit: sizeLimit, kinds: kinds)
        )
        let report = try operation.run(in: project)
        project.reporter.report(.answer(SummaryText.files([("fetched", report.transferred)])))
    }
}

extension FetchFilter.Kind: ExpressibleByArgument {}
