import ArgumentParser
import DVFormats
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

            A place is a path, an address (s3://, ssh://, https://, webdavs://, file://, …), or remote://<name>/<path> below a \
            remote of the project, whose settings and credentials are used. --fs-config gives options along with an address, as \
            `dvswift remote modify` takes them; they are recorded too, so secrets belong to a remote. A relative path is \
            recorded from the folder of the pointer.

            Of a storage that marks its files (S3, WebDAV: entity tags; HTTP: ETag) the marks are recorded, so that updates ask \
            for no content. Everything is read once: downloaded, hashed and put into the cache as it comes.

            With --version-aware the names of versions are recorded as well: `pull` brings just these, `status` tells of newer \
            ones, and `update --rev <version>` goes to another version of a file.

            With --to-remote the data goes straight to a remote, past cache and workspace, as a stream.

            EXAMPLES
              dvswift import-url /mnt/share/raw.csv
              dvswift import-url ../exports/2026 data/2026
              dvswift import-url remote://share/raw --no-download
              dvswift import-url https://example.org/raw.csv
              dvswift import-url s3://bucket/raw --fs-config profile=team
              dvswift import-url --version-aware s3://bucket/raw.csv
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
        help: "Follow the versions of a bucket on S3 that keeps them; the data is not pushed."
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
    }

    func run(in project: Project) throws {
        try checkOptions()
        let options = try place.parsed() + (isFollowingVersions ? [.versions] : [])
        let operation = ImportURLOperation(
            url,
            options: ImportOptions(
                out: out,
                isForced: force,
                extent: extent.extent,
                jobs: parallel.jobs
            ),
            storage: isGoingToRemote ? .remote(remote.name) : .project,
            storageOptions: options
        )
        PointerSecretNotice(of: url, options).show(on: project.reporter)
        StagingView(try operation.run(in: project)).show(on: project.reporter)
    }
}

/// `--fs-config`.
struct PlaceOptions: ParsableArguments {
    @Option(
        name: .customLong("fs-config"),
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Options for the storage that an address names, as those of remotes: dvswift remote modify --help.",
            valueName: "name>=<value"
        )
    )
    var options: [String] = []

    func parsed() throws -> [StorageOption] {
        try options.map { option in
            guard let sign = option.firstIndex(of: "="), sign != option.startIndex else {
                throw InvalidUse("--fs-config: expected <name>=<value>, found '\(option)'")
            }
            return StorageOption(
                name: String(option[..<sign]),
                value: String(option[option.index(after: sign)...])
            )
        }
    }
}
