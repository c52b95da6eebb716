import ArgumentParser
import DVHashing
import DVProject

/// `dvswift log`: the past of tracked data.
struct LogCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "List the commits that changed a tracked path, or those that use an object.",
        discussion: """
            For each commit that changed <path>, newest first: the commit, when and by whom it was written, A (added), \
            M (modified) or D (deleted), the MD5, size and number of files after it, and its message. Merges are listed \
            only if they differ from all their parents, as `git log` does it.

            <path> is a tracked file or directory, an output of a stage, a .dvc file, or anything inside a tracked \
            directory. What is inside is read from listings in the cache; where one is missing, a commit that changed \
            the directory is listed without an MD5. `dvswift fetch` brings listings. The workspace is never read.

            With --object, lists the commits of all branches and tags in which some path has that content.

              dvswift log data.csv
              dvswift log -n 5 --json models/bert
              dvswift log --object d41d8cd98f00b204e9800998ecf8427e

            DVC does not have this command.
            """
    )

    static var holdsLock: Bool { false }

    var failure: FailureReport { FailureReport(status: .failure) }

    @Argument(help: "Tracked path or .dvc file.", completion: .targets)
    var path: String?

    @Option(help: ArgumentHelp("List the uses of this object instead.", valueName: "md5"))
    var object: String?

    @Option(
        name: .withValue("n", long: "max-count"),
        help: ArgumentHelp("Stop after this many lines.", valueName: "number")
    )
    var limit: Int?

    @Option(help: ArgumentHelp("Start at this commit instead of HEAD.", valueName: "commit"))
    var rev: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if (path == nil) == (object == nil) {
            throw ValidationError("give either a path or --object")
        }
        if let limit, limit < 1 { throw ValidationError("argument -n: expected 1 or more") }
        if object != nil, rev != nil {
            throw ValidationError("argument --rev: not allowed with argument --object")
        }
    }

    func run(in project: Project) throws {
        if let object {
            guard let name = ObjectName(object.lowercased()) else {
                throw InvalidUse("argument --object: '\(object)' is not an MD5 of 32 digits")
            }
            let uses = try ObjectLogOperation(object: name, limit: limit).run(in: project)
            return LogView(uses: uses).show(asJSON: json, on: project.reporter)
        }
        let operation = LogOperation(path: path ?? ".", revision: rev ?? "HEAD", limit: limit)
        LogView(entries: try operation.run(in: project)).show(asJSON: json, on: project.reporter)
    }
}
