import DVFormats
import DVReporting

/// Settings that others wrote, of another repository or in a pointer: they may say where data is, and never run a program.
struct ForeignSettings {
    /// Options of remotes whose value is a command line.
    private static let commands = ["bearer_token_command"]

    private let reporter: any Reporter

    init(_ reporter: any Reporter) { self.reporter = reporter }

    /// The same without commands, each of which is told.
    func withoutCommands(_ sources: [ConfigLevels.Source]) -> [ConfigLevels.Source] {
        sources.map { source in
            var source = source
            for section in source.file.sections {
                for option in source.file.options(in: section)
                where Self.commands.contains(option.lowercased()) {
                    // A file may say it more than once.
                    while source.file.unset(ConfigKey(section, option)) {}
                    reporter.report(
                        .warning(
                            "\(source.path): '\(option)' is not run, as another repository sets it. To have it run, set it in your own settings: dvswift config --global"
                        )
                    )
                }
            }
            return source
        }
    }
}
