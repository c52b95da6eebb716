import ArgumentParser
import DVProject

/// `dvswift add`: puts data under version control.
struct AddCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Track data files or directories.",
        discussion: """
            Hashes each target, stores its content in the cache and writes a small pointer file, <target>.dvc, for Git. \
            The target itself is listed in .gitignore. Files that have not changed since they were last hashed \
            are not read again.

            A file or folder inside a tracked directory changes its entries of that directory only: its other files \
            need not be here. The list of them is fetched if the cache lacks it. A target that is gone from the workspace \
            is removed from the directory.
            """
    )

    var failure: FailureReport { FailureReport(status: .failure) }

    @Argument(help: "Files or directories to add.", completion: .file())
    var targets: [String]

    @Flag(
        name: .customLong("no-commit"),
        help: "Write pointers, but do not store content in the cache."
    )
    var isUncommitted = false

    @Flag(name: .customLong("glob"), help: "Let targets contain shell-style wildcards.")
    var usesGlob = false

    @Option(
        name: .withValue("o"),
        help: ArgumentHelp("Copy the target to <path> and track it there.", valueName: "path")
    )
    var out: String?

    @Flag(name: .shortAndLong, help: "Overwrite an existing <path> of --out.")
    var force = false

    @Flag(
        name: .customLong("no-relink"),
        help: "Leave the target as it is instead of linking it to the cache."
    )
    var isUnlinked = false

    @OptionGroup var global: GlobalOptions

    private func checkOptions() throws {
        guard out != nil else { return }
        if targets.count != 1 { throw InvalidUse("multiple targets can't be used with --out") }
        if usesGlob { throw InvalidUse("--glob option can't be used with --out") }
        if isUncommitted { throw InvalidUse("--no-commit option can't be used with --out") }
    }

    func run(in project: Project) throws {
        try checkOptions()
        let options = AddOptions(
            usesGlob: usesGlob,
            destination: out,
            isForced: force,
            isCommitting: !isUncommitted,
            isRelinking: !isUnlinked
        )
        let touched = try AddOperation(targets: targets, options: options).run(in: project)
        StagingView(touched).show(on: project.reporter)
    }
}
