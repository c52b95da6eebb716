import ArgumentParser
import DVProject

/// `dvswift stage`: defines and lists stages.
struct StageCommand: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "stage",
        abstract: "Add and list stages of pipelines.",
        subcommands: [StageAddCommand.self, StageListCommand.self]
    )
}

/// `dvswift stage list`.
struct StageListCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List stages with what they make."
    )

    @Argument(help: "dvc.yaml or .dvc files, stages or directories.", completion: .file())
    var targets: [String] = ["dvc.yaml"]

    @Flag(help: "List all stages of the project.") var all = false
    @Flag(help: "Fail at the first file that cannot be read.") var fail = false

    @Flag(
        name: [.customShort("R"), .customLong("recursive")],
        help: "List all stages in target directories."
    )
    var isRecursive = false

    @Flag(name: [.customLong("name-only"), .customLong("names-only")], help: "List names only.")
    var isNameOnly = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = ListStagesOperation(
            targets: all ? nil : targets,
            isRecursive: isRecursive,
            isStrict: fail
        )
        let view = StageListView(try operation.run(in: project), isNameOnly: isNameOnly)
        for line in view.lines { project.reporter.report(.answer(line)) }
    }
}
