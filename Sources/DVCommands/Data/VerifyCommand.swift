import ArgumentParser
import DVProject

/// `dvswift verify`: checks that stored data is what it should be.
struct VerifyCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "Check that objects of the cache or a remote are intact, and mend those that are not.",
        discussion: """
            Reads every object and compares its content with its name; also tells what the workspace needs and the place \
            does not have. For each bad object lists the paths that need it, with the newest commit that does. Exits \
            with 1 if anything is wrong.

            --repair moves bad objects to dvswift/quarantine in the same storage and brings them back: to the cache from any remote, \
            else from an intact copy in the workspace; to a remote from the cache. Nothing is deleted.
            """
    )

    @Flag(help: "Check the cache; the default if nothing else is named.") var cache = false

    @Option(
        name: .withValue("r", long: "remote"),
        help: ArgumentHelp("Check this remote; may be given several times.", valueName: "name"),
        completion: .remotes
    )
    var remotes: [String] = []

    @Flag(
        help:
            "Read tracked files of the workspace, and list those whose content changed although their times did not."
    )
    var workspace = false

    @Flag(help: "Compare sizes and presence only.") var quick = false
    @Flag(help: "Bring intact content back.") var repair = false
    @Flag(help: "Print JSON.") var json = false

    @OptionGroup var parallel: JobsOption
    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        var options = VerifyOptions()
        options.isCheckingCache = cache || (remotes.isEmpty && !workspace)
        options.isCheckingWorkspace = workspace
        options.remotes = remotes
        options.isQuick = quick
        options.isRepairing = repair
        options.jobs = parallel.jobs
        let view = VerifyView(try VerifyOperation(options).run(in: project))
        if json {
            project.reporter.report(.answer(view.json))
        } else {
            for line in view.lines { project.reporter.report(.answer(line)) }
        }
        if !view.isIntact { throw ExitCode(ExitStatus.failure.rawValue) }
    }
}
