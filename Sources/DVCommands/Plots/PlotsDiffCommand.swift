import ArgumentParser
import DVProject

/// `dvswift plots diff`.
struct PlotsDiffCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Draw plots of several revisions together.",
        discussion: """
            Without revisions: the last commit and the workspace; with one: that and the workspace. "workspace" stands \
            for the workspace. Names of experiments are revisions too; with -e, one is compared with the commit that it \
            started from. Each revision has a colour; images stand side by side. Nothing is checked out: data comes from \
            Git's objects, the cache and the remote.

              dvswift plots diff
              dvswift plots diff v1.0 v2.0 workspace --targets logs/train.csv
              dvswift plots diff main -o comparison
              dvswift plots diff -e try-dropout
            """
    )

    var failure: FailureReport { FailureReport(status: .failure) }

    @Argument(help: "Commits, branches, tags or experiments.")
    var revisions: [String] = []

    @Flag(
        name: [.customShort("e"), .customLong("experiment")],
        help: "Compare the one revision with the commit that its experiment started from."
    )
    var isWithBaseline = false

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Only these files, directories or names of plots.", valueName: "paths"),
        completion: .targets
    )
    var targets: [String] = []

    @OptionGroup var view: PlotViewOptions

    @OptionGroup var global: GlobalOptions

    static let holdsLock = false
    static let needsProject = false

    func run(in project: Project) throws {
        let scope = PlotsOperation.Scope.comparison(revisions, isWithBaseline: isWithBaseline)
        try view.show(targets, scope, of: project)
    }
}
