import ArgumentParser
import DVProject

/// `dvswift plots show`.
struct PlotsShowCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Draw plots of the workspace as one HTML page or SVG picture.",
        discussion: """
            Draws what `plots` in dvc.yaml and in its stages define, or the targets: files, directories and names of \
            plots. Data is CSV, TSV, JSON, YAML, TOML; the points are the lists of mappings in it. Images (PNG, JPEG, \
            GIF, SVG, BMP, WebP) are shown as they are. What is not in the workspace comes from the cache, and what \
            the cache lacks from the remote.

            The page holds all that it shows and needs no network. Its address is printed. --json and --show-vega \
            print Vega-Lite specifications, for editors.

              dvswift plots show
              dvswift plots show logs/train.csv -x epoch -y loss --title Training
              dvswift plots show predictions.csv -t confusion -x actual -y predicted
              dvswift plots show -o report.svg
            """
    )

    var failure: FailureReport { FailureReport(status: .failure) }

    @Argument(
        help: "Files, directories or names of plots; all plots by default.",
        completion: .targets
    )
    var targets: [String] = []

    @OptionGroup var look: PlotLookOptions

    @OptionGroup var output: PlotOutputOptions

    @OptionGroup var global: GlobalOptions

    static let holdsLock = false
    static let needsProject = false

    func run(in project: Project) throws {
        try output.check(targets)
        let operation = PlotsOperation(targets: targets, look.properties, scope: .workspace)
        try output.show(try operation.run(in: project), of: project)
    }
}

/// `dvswift plots diff`.
struct PlotsDiffCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Draw plots of several revisions together.",
        discussion: """
            Without revisions: the last commit and the workspace; with one: that and the workspace. "workspace" stands \
            for the workspace. Names of experiments are revisions too. Each revision has a colour; images stand side by side. Nothing is checked out: data \
            comes from Git's objects, the cache and the remote.

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

    @OptionGroup var look: PlotLookOptions

    @OptionGroup var output: PlotOutputOptions

    @OptionGroup var global: GlobalOptions

    static let holdsLock = false
    static let needsProject = false

    func run(in project: Project) throws {
        try output.check(targets)
        let operation = PlotsOperation(
            targets: targets,
            look.properties,
            scope: .comparison(revisions, isWithBaseline: isWithBaseline)
        )
        try output.show(try operation.run(in: project), of: project)
    }
}
