import ArgumentParser
import DVProject

/// `dvswift metrics diff`.
struct MetricsDiffCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show metrics that changed between commits, or since a commit.",
        discussion: """
            Compares the metrics of stages and those that dvc.yaml names at its top, as <a_rev> and <b_rev> have them. \
            Change is the new number minus the old one. "workspace" stands for the files as they are.

            Revisions are read from Git's objects; nothing is checked out. What Git does not have comes from the cache, \
            and what that lacks from the remote. A file that cannot be read is told on standard error and counts as \
            one that is not there; the exit code is 0 all the same, as in DVC. Without any commit there is nothing to \
            compare.

            Examples:
              dvswift metrics diff                  the last commit and the workspace
              dvswift metrics diff main try --md    two branches
              dvswift metrics diff --all --targets metrics.json
            """
    )

    static var holdsLock: Bool { false }
    static var needsProject: Bool { false }

    @OptionGroup var options: FigureDiffOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Only these files and directories, also where no dvc.yaml names them.",
            valueName: "paths"
        ),
        completion: .file()
    )
    var targets: [String] = []

    @OptionGroup var recursion: FigureRecursionOption

    @OptionGroup var rounding: PrecisionOption

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = DiffMetricsOperation(
            from: options.revisions.old,
            to: options.revisions.new,
            targets: targets,
            isKeepingEqual: options.revisions.all
        )
        let digits = rounding.digits(in: options.format)
        options.show(try operation.run(in: project), .metrics, digits: digits, in: project)
    }
}
