import ArgumentParser
import DVProject

/// `dvswift freeze`: keeps stages as they are.
struct FreezeCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "freeze",
        abstract: "Freeze stages or .dvc files: repro takes their outputs as they are.",
        discussion: """
            Writes `frozen: true` into dvc.yaml or the .dvc file; all else in it stays as it is. A frozen stage does \
            not run when what it depends on changes. `dvswift unfreeze` undoes it.

              dvswift freeze prepare data.csv.dvc
            """
    )

    var failure: FailureReport { FailureReport(status: .failure) }

    @Argument(help: "Stage names or .dvc files.", completion: .stages)
    var targets: [String]

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = FreezeOperation(targets: targets, isFreezing: true)
        StagingView(try operation.run(in: project), hasHint: false).show(on: project.reporter)
    }
}
