import ArgumentParser
import DVProject
import DVTerminal

/// `dvswift du`: how much files and tracked data take.
struct DiskUsageCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "du",
        abstract: "Show how much files and tracked data take.",
        discussion: """
            Adds up files of the workspace, or with --rev those of a revision, and tracked data whether it is here \
            or not. .dvc files, dvc.yaml and .dvcignore do not count. Sizes are in powers of 1,024. A repository with an \
            address is not checked out; nor is its data fetched, as sizes are recorded.

            Examples:
              dvswift du . data --summarize
              dvswift du git@example.com:team/data.git images --rev v2
            """
    )

    var failure: FailureReport { FailureReport(remoteStatus: .configuration) }

    @OptionGroup var repository: RepositoryOptions

    @Flag(name: .shortAndLong, help: "Show the sum only.")
    var summarize = false

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) throws {
        let operation = DiskUsageOperation(
            try repository.open(in: session),
            path: repository.path
        )
        let rows = try operation.run(isSummary: summarize).map { entry in
            [Measures.binary(entry.bytes), entry.path]
        }
        for line in TextTable(rows).lines { session.reporter.report(.answer(line)) }
    }
}
