import ArgumentParser
import DVPipeline
import DVProject
import DVSystem

/// `dvswift dag`: shows how stages depend on each other.
struct DAGCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "dag",
        abstract: "Draw the graph of stages or of outputs.",
        discussion: """
            Draws boxes, each below what it needs. With a target, a stage or an output, only what the target needs is \
            shown, or with --full everything connected with it.

            --svg and --html make a picture coloured by state: up to date, changed, about to run because of a stage \
            above, frozen, failed in its last run. It is one file that needs no network. -o is short for --outs, as in \
            DVC; pictures go to standard output, or to a file with --output.

            dvswift dag train
            dvswift dag --collapse-foreach-matrix --mermaid
            dvswift dag --html --output dag.html
            """
    )

    @Argument(
        help: "Stage, output or file to show; everything by default.",
        completion: .targets
    )
    var target: String?

    @Flag(help: "Write the language of Graphviz.") var dot = false
    @Flag(help: "Write the language of Mermaid.") var mermaid = false
    @Flag(name: .customLong("md"), help: "Write Mermaid as a block of Markdown.")
    var markdown = false
    @Flag(help: "Make a picture as SVG, coloured by state.") var svg = false
    @Flag(help: "Make a page with the picture, coloured by state.") var html = false

    @Option(
        help: ArgumentHelp("File for the picture instead of standard output.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @Flag(help: "Show everything connected with the target.") var full = false
    @Flag(name: [.customShort("o"), .long], help: "Show outputs instead of stages.")
    var outs = false
    @Flag(help: "Show the stages of each foreach and matrix as one.")
    var collapseForeachMatrix = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if output != nil, !svg, !html {
            throw ValidationError("argument --output: it needs --svg or --html")
        }
    }

    func run(in project: Project) throws {
        if outs && collapseForeachMatrix {
            throw InvalidUse(
                "`--outs` and `--collapse-foreach-matrix` are mutually exclusive",
                status: .other
            )
        }
        let operation = DAGOperation(
            target: target,
            isFull: full,
            showsOutputs: outs,
            isCollapsing: collapseForeachMatrix,
            needsStates: svg || html
        )
        let view = DAGView(try operation.run(in: project), format)
        guard let output else { return project.reporter.report(.answer(view.text)) }
        let file = AbsolutePath(output, relativeTo: project.workingDirectory)
        try file.replaceContents(with: Array((view.text + "\n").utf8))
    }

    /// The first that is asked for, in DVC's order.
    private var format: DAGView.Format {
        if html { return .html }
        if svg { return .svg }
        if dot { return .dot }
        if markdown { return .markdown }
        return mermaid ? .mermaid : .boxes
    }
}
