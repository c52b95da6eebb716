import ArgumentParser
import DVProject

/// `dvswift get`: files of another repository, without tracking them.
struct GetCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Download a file or directory of another repository.",
        discussion: """
            Copies tracked data or files of Git from any Git repository into the working directory, at any revision. The \
            repository is not checked out, and no project is needed here. Tracked data comes from the cache of the \
            repository if that is on this machine, else from its remote; every object is verified.

            A repository with an address is cloned (its history only) into the user's cache folder, \
            $XDG_CACHE_HOME/dvswift/clones, and brought up to date the next time. As with Git, SSH is the program ssh with \
            your settings, keys and known hosts (or $GIT_SSH_COMMAND, core.sshCommand), and user names and passwords for \
            HTTPS come from Git's credential helpers. A folder is read at its last commit: what is not committed there is not seen. A \
            project without Git is read as it is.

            To be able to update the data later, use `dvswift import`.

            EXAMPLES
              dvswift get ../models model.pkl
              dvswift get https://example.com/team/data.git images/train --rev v2 -o train
              dvswift get ../models model.pkl --show-url
            """
    )

    var failure: FailureReport {
        target.failure(toGet: origin.path, from: origin.url)
    }

    @OptionGroup var origin: OriginOptions

    @OptionGroup var target: GetTargetOptions

    @Flag(
        name: .shortAndLong,
        help: "Overwrite files that are there; others in the same directory stay."
    )
    var force = false

    @OptionGroup var parallel: JobsOption

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) throws {
        let operation = GetOperation(origin.request, out: target.out, isForced: force)
        let context = session.originContext(jobs: parallel.jobs)
        if target.isShowingURL {
            session.reporter.report(.answer(try operation.location(in: context)))
        } else {
            try operation.run(in: context)
        }
    }
}

extension Session {
    func originContext(jobs: Int?) -> OriginContext {
        OriginContext(workingDirectory: workingDirectory, reporter: reporter, jobs: jobs)
    }
}
