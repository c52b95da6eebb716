import ArgumentParser
import DVFormats
import DVProject

/// `dvswift dataset add`.
struct DatasetAddCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a dataset.",
        discussion: """
            Writes an entry into `datasets` of the dvc.yaml here, and what the dataset is now into dvc.lock: of a \
            repository the commit, of files their digests and sizes. No data is copied.

            With --dvc the dataset is a Git repository or, with --path, a file or directory in it; --rev is the branch, tag \
            or commit to follow, else the default branch. With --url it is a path, a file:// address, or \
            remote://<name>/<path>. Relative paths count from the folder of dvc.yaml. Datasets of DataChain (--dc) need a \
            Python package and are refused; those that DVC has recorded can be used.

            EXAMPLES
              dvswift dataset add images --dvc https://example.com/team/data.git --path images --rev v2
              dvswift dataset add raw --url /mnt/share/raw
            """
    )

    @Argument(help: "Name of the dataset to add.") var name: String

    @Option(
        help: ArgumentHelp("Path or URL to a Git/DVC repository to track.", valueName: "url"),
        completion: .directory
    )
    var dvc: String?

    @Option(
        help: ArgumentHelp("Name of the DataChain dataset to track.", valueName: "name")
    )
    var dc: String?

    @Option(help: "Place of files to track.", completion: .file()) var url: String?

    @Option(
        help: ArgumentHelp(
            "Git revision, e.g. SHA, branch, tag (only with --dvc).",
            valueName: "commit"
        )
    )
    var rev: String?

    @Option(help: "Path of a file or directory in the repository (only with --dvc).")
    var path: String?

    @Flag(name: .shortAndLong, help: "Overwrite an existing dataset.") var force = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        let count = [dvc, dc, url].compactMap(\.self).count
        guard count == 1 else {
            throw ValidationError(
                count == 0
                    ? "one of the arguments --dc --dvc --url is required"
                    : "--dc, --dvc and --url cannot be used together"
            )
        }
    }

    func run(in project: Project) throws {
        for (option, value) in [("--rev", rev), ("--path", path)] where dvc == nil && value != nil {
            throw InvalidUse("\(option) can't be used without --dvc", status: .other)
        }
        let definition = DatasetDefinition(
            name: name,
            url: dvc ?? dc ?? url ?? "",
            kind: dvc != nil ? .dvc : dc != nil ? .dataChain : .url,
            path: path ?? "",
            revision: rev
        )
        let report = try AddDatasetOperation(definition, isForced: force).run(in: project)
        DatasetView(report).show(on: project.reporter)
    }
}
