import ArgumentParser
import DVProject

/// `dvswift get-url`: files from outside of version control, without tracking them.
struct GetURLCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "get-url",
        abstract: "Copy a file or directory from elsewhere.",
        discussion: """
            Copies the data to a name in the working directory; no project is needed. All of it appears at once when it is \
            complete. A place is a path, an address (s3://, ssh://, https://, webdavs://, file://, …), or remote://<name>/<path> below \
            a remote of the project here, whose settings and credentials are used. --fs-config gives options along with an \
            address, as `dvswift remote modify` takes them.

            To be able to update the data later, use `dvswift import-url`.

            EXAMPLES
              dvswift get-url /mnt/share/raw.csv
              dvswift get-url remote://share/raw data/raw
              dvswift get-url https://example.org/raw.csv
            """
    )

    var failure: FailureReport {
        FailureReport(prefix: "failed to get '\(url)'", status: .failure)
    }

    @Argument(help: "Where the data is.", completion: .file())
    var url: String

    @Argument(
        help: "Where to put the data: a new name, or a directory to put it in.",
        completion: .file()
    )
    var out: String?

    @OptionGroup var parallel: JobsOption

    @Flag(
        name: .shortAndLong,
        help: "Overwrite files that are there; others in the same directory stay."
    )
    var force = false

    @OptionGroup var place: PlaceOptions

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) throws {
        try GetURLOperation(url, out: out, isForced: force, options: place.parsed()).run(
            in: session.originContext(jobs: parallel.jobs),
            of: try session.project()
        )
    }
}

extension Session {
    /// The project that the user is in; nil outside of projects.
    func project() throws -> Project? {
        do {
            return try Project.open(from: workingDirectory, reporter: reporter)
        } catch ProjectError.notAProject {
            return nil
        }
    }
}
