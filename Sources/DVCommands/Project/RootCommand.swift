import ArgumentParser
import DVProject

/// `dvswift root`: where the project is.
struct RootCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "root",
        abstract: "Print the path of the project's root, relative to the current directory."
    )

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) throws {
        let root = try Project.root(containing: session.workingDirectory)
        session.reporter.report(.answer(root.climbing(from: session.workingDirectory)))
    }
}
