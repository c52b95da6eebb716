import ArgumentParser
import DVProject

/// `dvswift move`: renames tracked data.
struct MoveCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Rename or move a tracked file or directory together with its .dvc file.",
        discussion: """
            The data is renamed, not copied, its pointer goes with it, and .gitignore is kept in step. If <dst> is a \
            folder, the data goes into it under its old name. What is recorded does not change: data that was modified \
            since it was added still is.

            To another file system the data is copied and compared; the original is removed when the new pointer is there.

            Nothing is ever overwritten: the command fails if <dst>, or a pointer of that name, exists. Outputs of \
            stages are moved by editing dvc.yaml.

              dvswift move raw.csv data/raw.csv
            """,
        aliases: ["mv"]
    )

    var failure: FailureReport {
        FailureReport(prefix: "failed to move '\(src)' -> '\(dst)'", status: .failure)
    }

    @Argument(
        help: ArgumentHelp("Tracked file or directory.", valueName: "src"),
        completion: .targets
    )
    var src: String

    @Argument(
        help: ArgumentHelp("New path, or the folder to put it into.", valueName: "dst"),
        completion: .file()
    )
    var dst: String

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let touched = try MoveOperation(from: src, to: dst).run(in: project)
        StagingView(touched).show(on: project.reporter)
    }
}
