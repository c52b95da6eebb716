import ArgumentParser
import DVPipeline
import DVProject

/// `dvswift dataset update`.
struct DatasetUpdateCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Update a dataset.",
        discussion: """
            Looks at what the dataset is now and records it in dvc.lock, so that stages which depend on it run again. With \
            --rev a repository is followed at another branch, tag or commit, which dvc.yaml then says.

            EXAMPLES
              dvswift dataset update images
              dvswift dataset update images --rev v3
            """
    )

    @Argument(help: "Name of the dataset to update.") var name: String

    @Option(
        name: [.customLong("rev"), .customLong("version")],
        help: ArgumentHelp("Git revision (e.g. SHA, branch, tag).", valueName: "version")
    )
    var rev: String?

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        do {
            let report = try UpdateDatasetOperation(name, revision: rev).run(in: project)
            DatasetView(report, isUpdate: true).show(on: project.reporter)
        } catch StageError.datasetUnknown(let name, let nearest) {
            throw InvalidUse(
                "dataset not found: '\(name)'",
                status: .failure,
                hint: nearest.map { "did you mean '\($0)'?" }
                    ?? "dvswift dataset add \(name) --dvc <url>"
            )
        }
    }
}
