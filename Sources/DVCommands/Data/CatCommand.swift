import ArgumentParser
import DVProject
import DVTerminal

/// `dvswift cat`: the content of one file at any revision.
struct CatCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat",
        abstract: "Write a tracked file, as any revision has it, to standard output.",
        discussion: """
            <path> is a tracked file, a file inside a tracked directory, an output of a stage, or a file that Git \
            tracks. Without --rev, tracked data is as the pointers in the workspace say, and Git's files are as in HEAD. \
            The workspace is not changed and the data need not be in it.

            Content comes from the cache. What the cache lacks is fetched into it from the remote: that one object, and \
            the listing of its directory, nothing else. It is verified on the way: if it is damaged, the command fails \
            before it writes the last piece.

              dvswift cat --rev v1.0 data/labels.csv | head
              dvswift cat --rev HEAD~3 model.pkl > old.pkl

            DVC does not have this command.
            """
    )

    static var holdsLock: Bool { false }

    var failure: FailureReport { FailureReport(status: .failure) }

    @Argument(help: "Tracked file.", completion: .targets)
    var path: String

    @Option(help: ArgumentHelp("Commit, branch or tag.", valueName: "commit"))
    var rev: String?

    @OptionGroup var remote: RemoteOption

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let output = ByteOutput()
        let operation = CatOperation(path: path, revision: rev, remote: remote.name)
        try operation.run(in: project) { piece in
            guard output.write(piece) else { throw ExitCode(ExitStatus.brokenPipe.rawValue) }
        }
    }
}
