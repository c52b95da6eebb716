import ArgumentParser
import DVProject

/// `dvswift data`: commands on tracked data.
struct DataCommand: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Show the state of tracked data, and what it is.",
        subcommands: [DataStatusCommand.self, DataListCommand.self]
    )
}

/// `dvswift data status`: the last commit, the pointers, the workspace, the cache and the remote.
struct DataStatusCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract:
            "Show changes of tracked data between the last commit, the pointers and the workspace.",
        discussion: """
            Committed changes are those that pointers and dvc.lock have against the last commit of Git; uncommitted \
            ones those that the workspace has against them. Paths start at the project's root; directories end with \
            a slash and count as a whole unless --granular is given.

            "Not in cache" is what pointers record and the cache does not have. Files below a directory whose \
            listing is not in the cache are "unknown".

            Examples:
              dvswift data status --granular --json
              dvswift data status data/train
              dvswift data status --not-in-remote -r storage
            """
    )

    @Argument(help: "Only these tracked files and directories.", completion: .targets)
    var targets: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Look into tracked directories, file by file.")
    var granular = false

    @Flag(help: "List what did not change, too.")
    var unchanged = false

    @Option(
        name: .customLong("untracked-files"),
        defaultAsFlag: .all,
        parsing: .next,
        help: ArgumentHelp(
            "List files that neither Git nor DVC tracks: no or all; all without a value.",
            valueName: "no|all"
        )
    )
    var untrackedFiles: UntrackedFiles?

    @Option(
        name: .withValue("r", long: "remote"),
        help: ArgumentHelp(
            "With --not-in-remote: the remote to ask instead of the default.",
            valueName: "name"
        ),
        completion: .remotes
    )
    var remote: String?

    @Flag(name: .customLong("not-in-remote"), help: "List what the remote does not have.")
    var isComparingRemote = false

    @Flag(
        name: .customLong("no-remote-refresh"),
        help: "Trust an index of the remote. There is none: the remote is always asked."
    )
    var isTrustingIndex = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        var options = DataStatusOptions()
        options.targets = targets
        options.isGranular = granular
        options.listsUnchanged = unchanged
        options.listsUntracked = untrackedFiles == .all
        options.comparesRemote = isComparingRemote
        options.remote = remote
        let status = try DataStatusOperation(options: options).run(in: project)
        let view = DataStatusView(status)
        for line in json ? [view.json] : view.lines { project.reporter.report(.answer(line)) }
    }
}

/// Whether untracked files are listed.
enum UntrackedFiles: String, ExpressibleByArgument, CaseIterable {
    case no, all
}
