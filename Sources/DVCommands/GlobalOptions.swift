import ArgumentParser
import DVTerminal

/// Options that every command has.
struct GlobalOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Tell how decisions are made; repeat for more.")
    var verbose: Int

    @Option(
        name: .customLong("cd"),
        help: ArgumentHelp("Run as if started in <path>.", valueName: "path")
    )
    var directory: String?

    func validate() throws {
        if quiet && verbose > 0 {
            throw ValidationError("argument -v/--verbose: not allowed with argument -q/--quiet")
        }
    }
}
