import ArgumentParser
import DVFormats

/// Which settings file a command reads or writes.
struct LevelOptions: ParsableArguments {
    @Flag(name: .customLong("global"), help: "Use the settings of the user.") var isGlobal = false
    @Flag(name: .customLong("system"), help: "Use the settings of the machine.") var isSystem =
        false
    @Flag(name: .customLong("project"), help: "Use the settings of the project (.dvc/config).")
    var isProject = false
    @Flag(name: .customLong("local"), help: "Use the settings of this clone (.dvc/config.local).")
    var isLocal = false

    /// Nil means the command's own choice: the project to write, all levels to read.
    var level: ConfigLevel? {
        if isGlobal { return .global }
        if isSystem { return .system }
        if isProject { return .project }
        return isLocal ? .local : nil
    }

    func validate() throws {
        let chosen = [isGlobal, isSystem, isProject, isLocal].filter(\.self)
        if chosen.count > 1 {
            throw ValidationError("only one of --global, --system, --project, --local is allowed")
        }
    }
}
