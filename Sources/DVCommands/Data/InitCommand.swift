import ArgumentParser
import DVProject
import DVSystem

/// `dvswift init`: makes a project.
struct InitCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a project in a Git repository.",
        discussion: """
            Creates .dvc/ with settings, an empty .dvcignore, and stages both for the next commit. Pointer files \
            of later commands are staged as well (core.autostage), and the cache is compressed \
            (cache.compression = auto).
            """
    )

    var failure: FailureReport { FailureReport(prefix: "failed to initiate DVC", status: .failure) }

    @Argument(help: "Directory of the project.", completion: .directory)
    var directory = "."

    @Flag(name: .customLong("no-scm"), help: "Make a project that is not in a Git repository.")
    var isWithoutGit = false

    @Flag(name: .shortAndLong, help: "Replace an existing .dvc/, its local cache included.")
    var force = false

    @Flag(help: "Make a project in a sub-directory of a Git repository.")
    var subdir = false

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) throws {
        let operation = InitializeOperation(
            directory: AbsolutePath(directory, relativeTo: session.workingDirectory),
            isWithoutGit: isWithoutGit,
            isForced: force,
            isSubdirectory: subdir
        )
        try operation.run(reporter: session.reporter)
        session.reporter.report(.answer("Initialized DVC repository.\n"))
        if !isWithoutGit {
            session.reporter.report(.answer("You can now commit the changes to git.\n"))
        }
    }
}
