import ArgumentParser
import DVProject

/// What a command is about, and how far it reaches beyond that.
struct TargetOptions: ParsableArguments {
    @Argument(
        help: "Tracked files or directories, .dvc files or stage names; everything by default.",
        completion: .file()
    )
    var targets: [String] = []

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

    var selection: TargetSelection { selection(usesGlob: false) }

    func selection(usesGlob: Bool) -> TargetSelection {
        TargetSelection(
            targets: targets,
            isWithDependencies: isWithDependencies,
            isRecursive: isRecursive,
            usesGlob: usesGlob
        )
    }
}
