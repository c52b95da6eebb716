import ArgumentParser
import DVProject

/// `dvswift commit`: records changed data and the state of stages.
struct CommitCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "Record changes to tracked data and stages in the cache, pointers and dvc.lock.",
        discussion: """
            Use it after changing data in place, after `add --no-commit` or `repro --no-commit`, or to accept \
            outputs that were made without `repro`. Asks before recording a change; -f answers yes.

            A file or folder inside a tracked directory changes its entries of that directory only; the other files need \
            not be here.

            With -m, the .dvc files and dvc.lock files of the targets, and .gitignore files that were written, are \
            committed to Git at once, on top of HEAD and without anything else that is staged, which stays staged. \
            Git hooks do not run and the commit is not signed. DVC does not have this option.
            """
    )

    var failure: FailureReport {
        let target = target.targets.count == 1 ? " \(target.targets[0])" : ""
        return FailureReport(
            prefix: "failed to commit\(target)",
            status: .failure,
            unwritable: .other
        )
    }

    @Flag(name: .shortAndLong, help: "Record changes without asking.")
    var force = false

    @OptionGroup var target: TargetOptions

    @Flag(
        name: .customLong("no-relink"),
        help: "Leave data as it is instead of linking it to the cache."
    )
    var isUnlinked = false

    @Option(
        name: .withValue("m"),
        help: ArgumentHelp(
            "Commit what is recorded to Git with this message.",
            valueName: "message"
        )
    )
    var message: String?

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = CommitOperation(
            selection: target.selection,
            isForced: force,
            isRelinking: !isUnlinked,
            message: message,
            confirm: Prompt.confirm
        )
        StagingView(try operation.run(in: project), hasHint: false).show(on: project.reporter)
    }
}
