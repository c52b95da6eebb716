import ArgumentParser
import DVProject

/// `dvswift destroy`: turns a project into plain files.
struct DestroyCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract: "Remove all .dvc files, dvc.yaml, dvc.lock, settings and the cache in .dvc.",
        discussion: """
            Data in the workspace stays; links into the cache become copies first. Versions that only the cache in \
            .dvc has are gone afterwards. A cache outside of .dvc, remotes, and what is committed to Git stay, and so \
            do the entries of .gitignore.

            Asks before it starts; -f answers yes. Without a terminal the answer is no.
            """
    )

    var failure: FailureReport {
        FailureReport(prefix: "failed to destroy DVC", status: .failure)
    }

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @OptionGroup var global: GlobalOptions

    private static let question = """
        This will destroy all information about your pipelines, all data files, as well as cache in .dvc/cache.
        Are you sure you want to continue?
        """

    func run(in project: Project) throws {
        let isForced = force
        try DestroyOperation { isForced || Prompt.confirm(Self.question) }.run(in: project)
    }
}
