import ArgumentParser
import DVProject

/// `dvswift list-url`: what a place outside of version control holds.
struct ListURLCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "list-url",
        abstract: "List the files of a directory elsewhere.",
        discussion: """
            Prints files first, then directories, each sorted; with --recursive the files of all levels. A place is a path, an \
            address (s3://, ssh://, webdavs://, file://, …), or remote://<name>/<path> below a remote of the project here. A web \
            server (https://) does not tell what a folder holds, so that only single files can be asked for. --fs-config gives \
            options along with an address, as `dvswift remote modify` takes them.

            EXAMPLES
              dvswift list-url /mnt/share
              dvswift list-url remote://share/raw --recursive --size
              dvswift list-url ../exports --tree --level 2
              dvswift list-url s3://bucket/raw --fs-config profile=team
            """,
        aliases: ["ls-url"]
    )

    var failure: FailureReport { FailureReport(remoteStatus: .configuration) }

    @Argument(help: "What to list.", completion: .directory)
    var url: String

    @Flag(
        name: [.customShort("R"), .customLong("recursive")],
        help: "List the files of all levels."
    )
    var isRecursive = false

    @Flag(name: [.customShort("T"), .customLong("tree")], help: "Show all levels as a tree.")
    var isTree = false

    @Option(
        name: .withValue("L", long: "level"),
        help: ArgumentHelp("How many levels to go down.", valueName: "depth")
    )
    var level: Int?

    @Flag(help: "Show sizes.")
    var size = false

    @OptionGroup var place: PlaceOptions

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let level, level < 1 {
            throw ValidationError("argument -L/--level: must be at least 1")
        }
    }

    func run(in session: Session) throws {
        let operation = ListURLOperation(
            url,
            isRecursive: isRecursive || isTree,
            depth: level,
            options: try place.parsed()
        )
        let entries = try operation.run(
            in: session.originContext(jobs: nil),
            of: try session.project()
        )
        let view = ExternalListView(entries, isShowingSizes: size)
        for line in isTree ? view.tree(below: url) : view.lines {
            session.reporter.report(.answer(line))
        }
    }
}
