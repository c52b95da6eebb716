import ArgumentParser
import DVProject

/// What `ls` and `du` look at.
struct RepositoryOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A project, or any Git repository, in a directory of this machine: . is this one.",
            valueName: "url"
        ),
        completion: .directory
    )
    var url: String

    @Argument(help: "A path in it; everything by default.", completion: .directory)
    var path: String?

    @Option(help: ArgumentHelp("A revision of Git instead of the workspace.", valueName: "commit"))
    var rev: String?

    @Option(
        help: ArgumentHelp(
            "Settings to merge; no effect yet.",
            valueName: "file"
        )
    )
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Remote of the project for listings that its cache does not have.",
            valueName: "name"
        ),
        completion: .remotes
    )
    var remote: String?

    @Option(
        name: .customLong("remote-config"),
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Settings of the remote; no effect yet.",
            valueName: "key=value"
        )
    )
    var remoteSettings: [String] = []

    func open(in session: Session) throws -> BrowsedRepository {
        try BrowsedRepository(
            at: url,
            revision: rev,
            remote: remote,
            from: session.workingDirectory,
            reporter: session.reporter
        )
    }
}
