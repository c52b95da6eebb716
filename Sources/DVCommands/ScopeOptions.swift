import ArgumentParser
import DVProject

/// How far a command reaches beyond its targets.
struct ScopeOptions: ParsableArguments {
    @Flag(
        name: [.customShort("d"), .customLong("with-deps")],
        help: "Include everything the targets depend on."
    )
    var isWithDependencies = false

    @Flag(
        name: [.customShort("R"), .customLong("recursive")],
        help: "Include everything tracked below target directories."
    )
    var isRecursive = false

    func selection(_ targets: [String], usesGlob: Bool = false) -> TargetSelection {
        TargetSelection(
            targets: targets,
            isWithDependencies: isWithDependencies,
            isRecursive: isRecursive,
            usesGlob: usesGlob
        )
    }
}

/// `-r`.
struct RemoteOption: ParsableArguments {
    @Option(
        name: [.customShort("r"), .customLong("remote")],
        help: ArgumentHelp("Remote to use instead of the default.", valueName: "name")
    )
    var name: String?
}

/// `-j`.
struct JobsOption: ParsableArguments {
    @Option(
        name: [.customShort("j", allowingJoined: true), .long],
        help: ArgumentHelp(
            "How many threads to use; the number of processors by default.",
            valueName: "number"
        )
    )
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("argument -j/--jobs: must be at least 1") }
    }
}
