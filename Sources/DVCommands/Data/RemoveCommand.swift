import ArgumentParser
import DVProject

/// `dvswift remove`: stops tracking.
struct RemoveCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Stop tracking: remove .dvc files, or stages from dvc.yaml.",
        discussion: """
            The data itself stays in the workspace unless --outs is given, and its content stays in the cache. \
            Entries of .gitignore go with the pointer.

            A file or folder inside a tracked directory is taken out of that directory: its pointer is updated, and the \
            other files need not be here. DVC does not have this.
            """,
        aliases: ["rm"]
    )

    var failure: FailureReport { FailureReport(status: .failure) }

    @Argument(
        help: ".dvc files, stage names, dvc.yaml files, or paths inside tracked directories.",
        completion: .stages
    )
    var targets: [String]

    @Flag(help: "Remove the outputs from the workspace as well.")
    var outs = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = RemoveOperation(targets: targets, isRemovingOutputs: outs)
        StagingView(try operation.run(in: project), hasHint: false).show(on: project.reporter)
    }
}
