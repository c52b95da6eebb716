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

    @OptionGroup var transfer: TransferOptions

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = PushOperation(
            transfer.request
        )
        let report = try operation.run(in: project)
        project.reporter.report(.answer(SummaryText.files([("pushed", report.transferred)])))
    }
}
