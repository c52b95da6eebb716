import ArgumentParser
import DVProject
import DVTerminal

/// `dvswift cache drop`.
struct CacheDropCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Remove objects from the cache that a remote surely has.",
        discussion: """
            Frees space: what the targets need leaves the cache, and comes back with `dvswift pull`. Every object of the \
            remote is read and compared with its name first; if one is missing or damaged, nothing is removed. The workspace \
            is left alone.
            """
    )

    @Argument(
        help: "Tracked files or directories, .dvc files or stage names.",
        completion: .file()
    )
    var targets: [String]

    @OptionGroup var remote: RemoteOption
    @OptionGroup var parallel: JobsOption
    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let report = try DropOperation(
            TransferRequest(
                TargetSelection(targets: targets),
                remote: remote.name,
                jobs: parallel.jobs
            )
        )
        .run(in: project)
        let size = Measures.bytes(report.bytes)
        project.reporter.report(.answer("Dropped \(report.objects) objects (\(size))."))
    }
}
