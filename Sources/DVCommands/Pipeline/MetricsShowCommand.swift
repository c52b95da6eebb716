import ArgumentParser
import DVProject

/// `dvswift metrics show`.
struct MetricsShowCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print metrics of the workspace and of revisions.",
        discussion: """
            Metrics are numbers, true and false, and texts in files of JSON, YAML, TOML or Python; a file that holds one value \
            is a metric without a name. Values in mappings are named with dots, lists and dates are left out. Shown are \
            the metrics of stages and those that dvc.yaml names at its top, or the files in <targets>, also where no \
            dvc.yaml names them and outside of projects. A directory stands for all files in it.

            Revisions are read from Git's objects; nothing is checked out. What Git does not have comes from the cache, \
            and what that lacks from the remote. With -a, -T and -A the workspace comes first, and is left out if the \
            branch that it is on is shown and has the same metrics.

            A file that cannot be read is told on standard error, and with --json by {"error": {"type", "msg"}} in its \
            place; the exit code is 0 all the same, as in DVC.

            Examples:
              dvswift metrics show
              dvswift metrics show -T --md
              dvswift metrics show -A --json metrics.json
              dvswift metrics show -A --csv > past.csv
            """
    )

    static var holdsLock: Bool { false }
    static var needsProject: Bool { false }

    @Argument(help: "Only these files and directories.", completion: .file())
    var targets: [String] = []

    @Flag(name: [.customShort("a"), .long], help: "Show metrics of all branches.")
    var allBranches = false

    @Flag(name: [.customShort("T"), .long], help: "Show metrics of all tags.")
    var allTags = false

    @Flag(name: [.customShort("A"), .long], help: "Show metrics of all commits, newest first.")
    var allCommits = false

    @OptionGroup var format: FigureFormatOptions

    @OptionGroup var recursion: FigureRecursionOption

    @OptionGroup var rounding: PrecisionOption

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        var scope = RevisionScope()
        scope.hasAllBranches = allBranches
        scope.hasAllTags = allTags
        scope.hasAllCommits = allCommits
        let moments = try ShowMetricsOperation(targets: targets, scope: scope).run(in: project)
        FigureProblemView(.metrics, in: project)
            .show(moments, incomplete: moments.filter(\.isIncomplete).map(\.name))
        let view = MetricsView(
            moments,
            isWithRevision: !scope.isEmpty,
            digits: rounding.digits(in: format)
        )
        let directory = project.workingDirectory
        let lines = view.lines(format, from: directory)
        for line in lines { project.reporter.report(.answer(line)) }
    }
}
