import ArgumentParser
import DVProject
import DVSystem

/// `dvswift git-hook merge-driver`: merges a .dvc file or a dvc.lock.
struct MergeDriverCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge-driver",
        abstract: "Merge two versions of a .dvc file or dvc.lock."
    )

    var failure: FailureReport { FailureReport(status: .failure) }

    @Option(help: "The version both sides started from.") var ancestor: String

    @Option(help: "The current version, which the result replaces.") var our: String

    @Option(help: "The other branch's version.") var their: String

    @Option(help: "Where the file is in the repository.") var path: String?

    @OptionGroup var global: GlobalOptions

    /// Git calls it at the top of the repository; the project may be further down.
    func run(in session: Session) throws {
        let top = session.workingDirectory
        let folder = path.map { AbsolutePath($0, relativeTo: top).parent } ?? top
        let project = try Project.open(from: folder, reporter: session.reporter)
        func place(_ file: String) -> String { AbsolutePath(file, relativeTo: top).string }
        try MergeOperation(
            ancestor: place(ancestor),
            ours: place(our),
            theirs: place(their),
            path: path
        )
        .run(in: project)
    }
}
