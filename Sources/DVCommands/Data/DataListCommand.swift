import ArgumentParser
import DVProject

/// `dvswift data ls`: tracked data with what users say about it.
struct DataListCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List tracked data with its type, labels and description.",
        discussion: """
            Shows what the fields type, labels and desc of outputs say in .dvc files and dvc.yaml. Without targets, all \
            outputs of the project.

            DVC had this command in its versions 2.x; 3.67.1 keeps the fields and no longer lists them. --json is \
            dvswift's own.

            Examples:
              dvswift data ls
              dvswift data ls --type model --labels production,candidate
              dvswift data ls -R data --json
            """
    )

    static var holdsLock: Bool { false }

    @Argument(
        help: "Only these outputs, pointers or stages, or with --recursive folders.",
        completion: .targets
    )
    var targets: [String] = []

    @Flag(
        name: [.customShort("R"), .customLong("recursive")],
        help: "List everything below target directories."
    )
    var isRecursive = false

    @Flag(name: .customLong("md"), help: "Print a table in Markdown.")
    var isMarkdown = false

    @Flag(name: .customLong("table"), help: "Print a table; that is the default.")
    var isTable = false

    @Flag(help: "Print JSON.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Only outputs of these types; may be repeated.",
            valueName: "type,…"
        )
    )
    var type: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only outputs that have one of these labels; may be repeated.",
            valueName: "label,…"
        )
    )
    var labels: [String] = []

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = ListDataOperation(
            selection: TargetSelection(targets: targets, isRecursive: isRecursive),
            types: Self.parts(of: type),
            labels: Self.parts(of: labels)
        )
        let view = AnnotationView(try operation.run(in: project))
        let lines = json ? [view.json] : isMarkdown ? view.markdown : view.lines
        for line in lines { project.reporter.report(.answer(line)) }
    }

    private static func parts(of values: [String]) -> Set<String> {
        Set(values.flatMap { $0.split(separator: ",").map(String.init) })
    }
}
