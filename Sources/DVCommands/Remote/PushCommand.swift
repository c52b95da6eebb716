import ArgumentParser
import DVProject

/// `dvswift push`: cache to remote.
struct PushCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Upload tracked data to a remote.",
        discussion: """
            Sends what the remote does not have, in DVC's own layout, so that `dvc pull` works for everyone. Objects \
            are verified while they are read; directory listings go last, so an interrupted push never \
            shows a dataset that is incomplete.
            """
    )

    var failure: FailureReport {
        FailureReport(prefix: "failed to push data to the cloud", status: .failure)
    }

    @Argument(
        help: "Tracked files or directories, .dvc files or stage names; everything by default.",
        completion: .file()
    )
    var targets: [String] = []

    @OptionGroup var remote: RemoteOption
    @OptionGroup var transfer: JobsOption
    @OptionGroup var scope: ScopeOptions

    @Flag(name: .customLong("glob"), help: "Let targets contain shell-style wildcards.")
    var usesGlob = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = PushOperation(
            selection: scope.selection(targets, usesGlob: usesGlob),
            remote: remote.name,
            jobs: transfer.jobs
        )
        let report = try operation.run(in: project)
        project.reporter.report(.answer(SummaryText.files([("pushed", report.transferred)])))
    }
}
