import ArgumentParser
import DVProject

/// `dvswift unprotect`: makes linked data writable.
struct UnprotectCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "unprotect",
        abstract: "Make tracked data writable where it is linked to the cache.",
        discussion: """
            With cache.type hardlink or symlink, files in the workspace are read-only links into the cache. This \
            replaces them by writable copies, so that they can be edited in place without harm to the cache. \
            Afterwards record the changes with `dvswift add` or `dvswift commit`.

            Files that are copies already stay as they are.
            """
    )

    @Argument(help: "Files or directories to make writable.", completion: .targets)
    var targets: [String]

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        try UnprotectOperation(targets: targets).run(in: project)
    }
}
