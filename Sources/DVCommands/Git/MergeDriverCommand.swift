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
        func place(_ file: String) -> AbsolutePath { AbsolutePath(file, relativeTo: top) }
        let folder = path.map { place($0).parent } ?? top
        let operation = MergeOperation(
            ancestor: place(ancestor),
            ours: place(our),
            theirs: place(their),
            path: path
        )
        try operation.run(in: try project(at: folder, session))
    }

    /// Nil outside of projects: Git takes the exit status of that for a crash.
    private func project(at folder: AbsolutePath, _ session: Session) throws -> Project? {
        do {
            return try Project.open(from: folder, reporter: session.reporter)
        } catch ProjectError.notAProject {
            return nil
        }
    }
}
