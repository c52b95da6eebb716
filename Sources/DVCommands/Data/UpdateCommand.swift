import ArgumentParser
import DVProject

/// `dvswift update`: imported data to what its origin has now.
struct UpdateCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Bring imported data up to date.",
        discussion: """
            For data of `dvswift import`: looks up what the recorded branch, tag or commit of the repository is now (the default \
            branch if none is recorded), brings the data of that commit and records it. --rev makes the import follow another \
            one. For data of `dvswift import-url`: brings the data if it has changed in its place; of a file that was imported with \
            --version-aware, --rev is the name of the version to go to.

            Data in the workspace that was changed since and is not in the cache is never overwritten.

            EXAMPLES
              dvswift update model.pkl.dvc
              dvswift update model.pkl.dvc --rev v2
              dvswift update -R data
            """
    )

    var failure: FailureReport { FailureReport(prefix: "failed update data", status: .failure) }

    @Argument(help: "Pointers of imports, or with --recursive folders.", completion: .targets)
    var targets: [String]

    @Option(
        help: ArgumentHelp(
            "Branch, tag or commit to follow from now on, or a version.",
            valueName: "commit"
        )
    )
    var rev: String?

    @Flag(
        name: [.customShort("R"), .customLong("recursive")],
        help: "Update every import below target directories."
    )
    var isRecursive = false

    @Flag(
        name: .customLong("no-download"),
        help: "Only record the new version; leave the data where it is."
    )
    var isWithoutDownload = false

    @Flag(
        name: .customLong("to-remote"),
        help: "Send the data of paths to the remote, past cache and workspace."
    )
    var isGoingToRemote = false

    @OptionGroup var remote: RemoteOption

    @OptionGroup var parallel: JobsOption

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        if isGoingToRemote, isWithoutDownload {
            throw InvalidUse("--to-remote can't be used with --no-download")
        }
        if !isGoingToRemote, remote.name != nil {
            throw InvalidUse("--remote can't be used without --to-remote")
        }
        let operation = UpdateOperation(
            selection: TargetSelection(targets: targets, isRecursive: isRecursive),
            options: UpdateOptions(
                revision: rev,
                isDownloading: !isWithoutDownload,
                storage: isGoingToRemote ? .remote(remote.name) : .project,
                jobs: parallel.jobs
            )
        )
        // As in DVC, without the hint to stage the pointers; autostage works as everywhere.
        _ = try operation.run(in: project)
    }
}
