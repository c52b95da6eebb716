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
            shows a dataset that is incomplete. -r may be given several times.
            """
    )

    var failure: FailureReport {
        FailureReport(prefix: "failed to push data to the cloud", status: .failure)
    }

    @OptionGroup var transfer: TransferOptions

    @Option(
        name: .withValue("r", long: "remote"),
        help: ArgumentHelp(
            "Remote to use instead of the default; several for as many copies.",
            valueName: "name"
        ),
        completion: .remotes
    )
    var remotes: [String] = []

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let chosen = remotes.isEmpty ? [nil] : remotes.map(Optional.some)
        let pushed = try chosen.reduce(0) { count, remote in
            let operation = PushOperation(transfer.request(remote: remote))
            return try count + operation.run(in: project).transferred
        }
        project.reporter.report(.answer(SummaryText.files([("pushed", pushed)])))
    }
}
