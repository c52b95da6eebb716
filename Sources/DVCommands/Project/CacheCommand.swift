import ArgumentParser
import DVProject

/// `dvswift cache`: where objects are kept.
struct CacheCommand: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "Manage cache settings.",
        subcommands: [CacheDirCommand.self, CacheDropCommand.self, CacheMigrateCommand.self]
    )
}

/// `dvswift cache dir`.
struct CacheDirCommand: ConfigurationCommand {
    static let configuration = CommandConfiguration(
        commandName: "dir",
        abstract: "Show or set the directory of the cache.",
        discussion:
            "A relative path is taken from the current directory and kept relative to the settings file."
    )

    @Argument(help: "Directory to use; shows the current one if left out.", completion: .directory)
    var value: String?

    @Flag(name: .shortAndLong, help: "Go back to the default, .dvc/cache.") var unset = false

    @OptionGroup var level: LevelOptions
    @OptionGroup var global: GlobalOptions

    func run(with settings: SettingsEditor, in session: Session) throws {
        if unset {
            try settings.setCacheDirectory(nil, level: level.level)
        } else if let value {
            try settings.setCacheDirectory(value, level: level.level)
        } else {
            session.reporter.report(.answer(try settings.cacheDirectory(level: level.level)))
        }
    }
}
