import ArgumentParser
import DVProject

/// `dvswift unfreeze`: lets stages run again.
struct UnfreezeCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "unfreeze",
        abstract: "Let frozen stages or .dvc files change again.",
        discussion: """
            Removes `frozen: true` from dvc.yaml or the .dvc file; all else in it stays as it is.

              dvswift unfreeze prepare data.csv.dvc
            """
    )

    var failure: FailureReport { FailureReport(status: .failure) }

    @Argument(help: "Stage names or .dvc files.", completion: .stages)
    var targets: [String]

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = FreezeOperation(targets: targets, isFreezing: false)
        StagingView(try operation.run(in: project), hasHint: false).show(on: project.reporter)
    }
}
