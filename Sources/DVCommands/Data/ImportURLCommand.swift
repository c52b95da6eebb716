import ArgumentParser
import DVProject

/// `dvswift import-url`: files from outside of version control, tracked with their origin.
struct ImportURLCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-url",
        abstract: "Bring in a file or directory from elsewhere and remember where it came from.",
        discussion: """
            Copies the data into the cache and the workspace. The pointer, <out>.dvc, records the place and its content, so \
            that `dvswift update` can bring what changed there. Unlike data of `dvswift import`, it is pushed to the project's \
            remote as everything else.

            A place is a path, a file:// address, or remote://<name>/<path> below a remote of the project. Other addresses \
            (https://, s3://, ssh://…) are not supported yet. A relative path is recorded from the folder of the pointer.

            With --to-remote the data goes straight to a remote, past cache and workspace.

            EXAMPLES
              dvswift import-url /mnt/share/raw.csv
              dvswift import-url ../exports/2026 data/2026
              dvswift import-url remote://share/raw --no-download
            """
    )

    var failure: FailureReport {
        FailureReport(
            prefix:
                "failed to import \(url). You could also try downloading it manually, and adding it with `dvc add`.",
            status: .failure
        )
    }

    @Argument(help: "Where the data is.", completion: .file())
    var url: String

    @Argument(
        help: "Where to put the data: a new name, or a directory to put it in.",
        completion: .file()
    )
    var out: String?

    @Flag(
        name: .customLong("to-remote"),
        help: "Send the data to the remote, past cache and workspace."
    )
    var isGoingToRemote = false

    @OptionGroup var remote: RemoteOption

    @OptionGroup var extent: ImportExtentOptions

    @OptionGroup var parallel: JobsOption

    @Flag(name: .shortAndLong, help: "Overwrite the file or directory that is there.")
    var force = false

    @Flag(
        name: .customLong("version-aware"),
        help: "Follow versions of a cloud store. No store with versions is supported yet."
    )
    var isFollowingVersions = false

    @OptionGroup var place: PlaceOptions

    @OptionGroup var global: GlobalOptions

    private func checkOptions() throws {
        if isGoingToRemote, extent.extent != .complete || isFollowingVersions {
            throw InvalidUse(
                "--no-exec/--no-download/--version-aware cannot be combined with --to-remote"
            )
        }
        if !isGoingToRemote, remote.name != nil {
            throw InvalidUse("--remote can't be used without --to-remote")
        }
        if isFollowingVersions {
            throw InvalidUse("--version-aware: a path has no versions")
        }
    }

    func run(in project: Project) throws {
        try checkOptions()
        let operation = ImportURLOperation(
            url,
            options: ImportOptions(
                out: out,
                isForced: force,
                extent: extent.extent,
                jobs: parallel.jobs
            ),
            storage: isGoingToRemote ? .remote(remote.name) : .project
        )
        StagingView(try operation.run(in: project)).show(on: project.reporter)
    }
}

/// `--fs-config`.
struct PlaceOptions: ParsableArguments {
    @Option(
        name: .customLong("fs-config"),
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Options for the place. Paths have none, so that they are ignored.",
            valueName: "name>=<value"
        )
    )
    var options: [String] = []
}
