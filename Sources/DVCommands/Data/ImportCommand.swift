import ArgumentParser
import DVProject

/// `dvswift import`: data of another repository, tracked with its origin.
struct ImportCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring in data of another repository and remember where it came from.",
        discussion: """
            Copies tracked data or files of Git from any Git repository into the cache and the workspace. The pointer, \
            <out>.dvc, records the repository, the path there, and the commit the data came from, so that `dvswift update` can \
            bring newer versions and `dvswift pull` can get the data again from its origin: imported data is never pushed.

            The repository is not checked out. Tracked data comes from its cache if that is on this machine, else from its \
            remote, or from where it was itself imported; every object is verified. A repository with an address is cloned (its \
            history only) into the user's cache folder, $XDG_CACHE_HOME/dvswift/clones. A folder is read at its last \
            commit: what is not committed there is not seen.

            With --rev the import stays on that branch, tag or commit; without it `dvswift update` follows the default branch.

            EXAMPLES
              dvswift import ../models model.pkl
              dvswift import https://example.com/team/data.git images/train --rev v2 -o train
              dvswift import git@example.com:team/data.git labels --no-download
            """
    )

    var failure: FailureReport {
        FailureReport(
            prefix: "failed to import '\(origin.path)' from '\(origin.url)'.",
            status: .failure
        )
    }

    @OptionGroup var origin: OriginOptions

    @OptionGroup var target: OutOption

    @Flag(name: .shortAndLong, help: "Overwrite the file or directory that is there.")
    var force = false

    @OptionGroup var extent: ImportExtentOptions

    @OptionGroup var parallel: JobsOption

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let options = ImportOptions(
            out: target.name,
            isForced: force,
            extent: extent.extent,
            jobs: parallel.jobs
        )
        let touched = try ImportOperation(origin.request, options: options).run(in: project)
        PointerSecretNotice(of: origin).show(on: project.reporter)
        StagingView(touched).show(on: project.reporter)
    }
}

/// `--no-exec` and `--no-download`.
struct ImportExtentOptions: ParsableArguments {
    @Flag(
        name: .customLong("no-exec"),
        help: "Only write the pointer, without a look at the source."
    )
    var isPointerOnly = false

    @Flag(
        name: .customLong("no-download"),
        help: "Write the pointer with the version of the source, but leave the data where it is."
    )
    var isWithoutDownload = false

    func validate() throws {
        if isPointerOnly && isWithoutDownload {
            throw ValidationError("argument --no-download: not allowed with argument --no-exec")
        }
    }

    var extent: ImportExtent {
        isPointerOnly ? .pointerOnly : isWithoutDownload ? .withoutDownload : .complete
    }
}
