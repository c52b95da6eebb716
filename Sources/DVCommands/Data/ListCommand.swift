import ArgumentParser
import DVProject

/// `dvswift ls`: files and tracked data of a project together.
struct ListCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List files and tracked data of a project together.",
        discussion: """
            Lists what a project or Git repository holds: files of the workspace, or with --rev those of a revision, \
            and tracked data whether it is here or not. What .dvcignore leaves out is not shown. Files of tracked \
            directories come from the listings in the cache, or on the remote. A project in a folder of another one \
            is shown if its path is given.

            A repository with an address is not checked out: its history is cloned into the user's cache folder, \
            $XDG_CACHE_HOME/dvswift/clones, and brought up to date the next time. Its default branch is shown unless \
            --rev says otherwise.

            Examples:
              dvswift ls . data --size
              dvswift ls . --dvc-only -R --rev v1.0
              dvswift ls ../models --tree --level 2
              dvswift ls https://example.com/team/data.git images --rev v2 --json
            """,
        aliases: ["ls"]
    )

    var failure: FailureReport {
        FailureReport(prefix: "failed to list '\(repository.url)'", status: .failure)
    }

    @OptionGroup var repository: RepositoryOptions

    @Flag(name: [.customShort("R"), .long], help: "List files at all levels.")
    var recursive = false

    @Flag(name: [.customShort("T"), .long], help: "Draw a tree of all levels.")
    var tree = false

    @Option(
        name: .withValue("L", long: "level"),
        help: ArgumentHelp("With -R and --tree: so many levels only.", valueName: "depth")
    )
    var level: Int?

    @Flag(name: .customLong("dvc-only"), help: "Show tracked data only.")
    var isTrackedOnly = false

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Show sizes.")
    var size = false

    @Flag(name: .customLong("show-hash"), help: "Show the digest that each path is recorded with.")
    var isShowingHash = false

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) throws {
        if tree && json {
            throw InvalidUse("Cannot use --tree and --json options together.", status: .other)
        }
        let operation = ListOperation(
            try repository.open(in: session),
            path: repository.path,
            scope: isTrackedOnly ? .trackedOnly : .everything
        )
        for line in try lines(of: operation) { session.reporter.report(.answer(line)) }
    }

    private func lines(of operation: ListOperation) throws -> [String] {
        let view = ListView(isShowingSize: size, isShowingHash: isShowingHash)
        if tree { return view.lines(try operation.tree(levels: level)) }
        let entries = try operation.list(recursive ? .recursive(levels: level) : .folder)
        if json { return [ListView.json(entries)] }
        let lines = view.lines(entries)
        // One write, also for very long lists.
        return lines.isEmpty ? [] : [lines.joined(separator: "\n")]
    }
}
