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

            With -m, the pointers and .gitignore files that were written are committed to Git at once, on top of HEAD \
            and without anything else that is staged, which stays staged. Git hooks do not run and the commit is not \
            signed. DVC does not have this option.

            With --to-remote the content goes straight to a remote and nothing is kept on this machine but the pointer: for \
            data outside of the project that is too large for it, /mnt/camera/2026 for example. `dvswift pull` brings it \
            here.
            """
    )

    var failure: FailureReport { FailureReport(status: .failure, unwritable: .other) }

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

    @Flag(
        name: .customLong("to-remote"),
        help: "Send the target to the remote, past cache and workspace."
    )
    var isGoingToRemote = false

    @Option(
        name: .withValue("r", long: "remote"),
        help: ArgumentHelp("Remote for --to-remote instead of the default.", valueName: "name"),
        completion: .remotes
    )
    var remote: String?

    @Option(
        name: .withValue("j", long: "remote-jobs"),
        help: ArgumentHelp("How many threads --to-remote uses.", valueName: "number")
    )
    var remoteJobs: Int?

    @Flag(name: .shortAndLong, help: "Overwrite an existing <path> of --out.")
    var force = false

    @Flag(
        name: .customLong("no-relink"),
        help: "Leave the target as it is instead of linking it to the cache."
    )
    var isUnlinked = false

    @Option(
        name: .withValue("m"),
        help: ArgumentHelp("Commit the pointers to Git with this message.", valueName: "message")
    )
    var message: String?

    @OptionGroup var global: GlobalOptions

    private func checkOptions() throws {
        guard let option = isGoingToRemote ? "--to-remote" : out.map({ _ in "--out" }) else {
            if remote != nil { throw InvalidUse("--remote can't be used without --to-remote") }
            if remoteJobs != nil {
                throw InvalidUse("--remote-jobs can't be used without --to-remote")
            }
            return
        }
        if targets.count != 1 { throw InvalidUse("multiple targets can't be used with \(option)") }
        if usesGlob { throw InvalidUse("--glob option can't be used with \(option)") }
        if isUncommitted { throw InvalidUse("--no-commit option can't be used with \(option)") }
    }

    func run(in project: Project) throws {
        try checkOptions()
        if isGoingToRemote, let target = targets.first {
            let operation = AddToRemoteOperation(
                target,
                out: out,
                isForced: force,
                remote: remote,
                jobs: remoteJobs
            )
            return StagingView(try operation.run(in: project)).show(on: project.reporter)
        }
        let options = AddOptions(
            usesGlob: usesGlob,
            destination: out,
            isForced: force,
            isCommitting: !isUncommitted,
            isRelinking: !isUnlinked,
            message: message
        )
        let touched = try AddOperation(targets: targets, options: options).run(in: project)
        StagingView(touched).show(on: project.reporter)
    }
}
