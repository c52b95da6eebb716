import ArgumentParser
import DVProject

/// `dvswift install`: makes Git call dvswift.
struct InstallCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Install Git hooks and merge drivers into the repository.",
        discussion: """
            Hooks: after `git checkout` the data is checked out, `git commit` shows `dvswift status` first, and `git push` \
            pushes the data first. A hook that exists is never overwritten: the command fails and names it.

            Merge drivers: .dvc files of directories are merged file by file, and dvc.lock stage by stage. What both \
            sides changed differently is left between conflict markers. The drivers are named in .git/config, so each \
            clone runs `dvswift install` once; .gitattributes, which is shared, says which files they are for.

            With --use-pre-commit-tool, the hooks are written to .pre-commit-config.yaml instead, for \
            https://pre-commit.com; then run: pre-commit install -t pre-push -t post-checkout -t pre-commit
            """
    )

    var failure: FailureReport {
        FailureReport(prefix: "failed to install DVC Git hooks", status: .failure)
    }

    @Flag(help: "Install the hooks through the pre-commit tool.")
    var usePreCommitTool = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = InstallOperation(usesPreCommitTool: usePreCommitTool)
        StagingView(try operation.run(in: project)).show(on: project.reporter)
    }
}
