import ArgumentParser
import DVProject

/// `dvswift diff`: what happened to tracked data between two moments.
struct DiffCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract:
            "Show added, deleted, modified and renamed data between commits or the workspace.",
        discussion: """
            Compares what two revisions of Git record of tracked data, or a revision with the data in the workspace. \
            Files of tracked directories are listed one by one, from the project's root; directories end with a slash.

            Content that was deleted at one path and added at another counts as renamed. Compared with the workspace, \
            recorded content that the cache does not have is listed as "not in cache".

            Examples:
              dvswift diff                      the last commit and the workspace
              dvswift diff v1.0 v2.0            two tags
              dvswift diff HEAD~1 --targets data/train
            """
    )

    var failure: FailureReport { FailureReport(prefix: "failed to get diff", status: .failure) }

    @Argument(help: ArgumentHelp("Old revision.", valueName: "a_rev"))
    var old = "HEAD"

    @Argument(help: ArgumentHelp("New revision; the workspace by default.", valueName: "b_rev"))
    var new: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Only these tracked files and directories.", valueName: "path"),
        completion: .targets
    )
    var targets: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(name: .customLong("show-hash"), help: "Show the digest of each entry.")
    var isShowingHash = false

    @Flag(name: .customLong("md"), help: "Print a Markdown table.")
    var isMarkdown = false

    @Flag(name: .customLong("hide-missing"), help: "Leave out what the cache does not have.")
    var isHidingMissing = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = DiffOperation(from: old, to: new, targets: targets)
        let report = try operation.run(in: project)
        let view = DiffView(
            report,
            isShowingHash: isShowingHash,
            isHidingMissing: isHidingMissing || new != nil
        )
        let lines = json ? [view.json] : isMarkdown ? view.markdown : view.lines
        for line in lines { project.reporter.report(.answer(line)) }
    }
}
