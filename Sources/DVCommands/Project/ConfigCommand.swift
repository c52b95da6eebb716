import ArgumentParser
import DVFormats
import DVProject

/// `dvswift config`: reads and writes settings.
struct ConfigCommand: ConfigurationCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Get or set options.",
        discussion: """
            Options are named section.option or remote.<name>.option. Project settings live in .dvc/config, and \
            those only dvswift knows (cache.compression, cache.compression_level, core.jobs, remote.<name>.layout, resources.<name>) in \
            .dvc/config.dvswift, because DVC refuses keys it does not know. Without a level, all levels are read and the \
            project's is written.

            Passwords, tokens and keys belong in --local, --global or --system: .dvc/config is committed to Git. To write one \
            there works as in DVC, with a warning. --list shows … in their place, and in place of passwords in addresses; \
            --show-secrets shows them, and so does asking for one option by its name.

            dvswift config core.remote storage
            dvswift config cache.type reflink,copy
            dvswift config --local remote.storage.url /mnt/other
            dvswift config --local remote.web.password secret
            """
    )

    @Argument(help: "Option to show, set or unset.") var name: String?
    @Argument(help: "Value to set; shows the current one if left out.") var value: String?

    @Flag(name: .shortAndLong, help: "Unset the option.") var unset = false
    @Flag(name: .shortAndLong, help: "List all options that are set.") var list = false
    @Flag(name: .customLong("show-origin"), help: "Show the file that each value comes from.")
    var isShowingOrigin = false
    @OptionGroup var secrets: SecretOptions

    @OptionGroup var level: LevelOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let name, ConfigKey(name) == nil {
            throw ValidationError(
                "argument name: name argument should look like remote.name.option or db.name.option or section.option"
            )
        }
    }

    func run(with settings: SettingsEditor, in session: Session) throws {
        if isShowingOrigin && (value != nil || unset) {
            throw InvalidUse(
                "--show-origin can't be used together with any of these options: -u/--unset, value"
            )
        }
        if list {
            if name != nil || value != nil || unset {
                throw InvalidUse(
                    "-l/--list can't be used together with any of these options: -u/--unset, name, value"
                )
            }
            return show(try settings.options(level: level.level), in: session)
        }
        guard let name else { throw InvalidUse("name argument is required") }
        guard let option = ConfigKey(name) else { return }
        if let value, !unset {
            try settings.set(option, to: value, level: level.level)
            let notice = SecretNotice(setting: option, to: value, level: level.level)
            notice?.show(of: "config", naming: name, in: session)
        } else if unset {
            try settings.unset(option, level: level.level)
        } else if let found = try settings.value(of: option, level: level.level) {
            show(found, in: session) { $0.value }
        }
    }

    private func show(_ entries: [SettingEntry], in session: Session) {
        for entry in entries { show(entry, in: session) { "\($0.name)=\(secrets.shown($0))" } }
    }

    private func show(_ entry: SettingEntry, in session: Session, text: (SettingEntry) -> String) {
        let origin = isShowingOrigin ? entry.origin + "\t" : ""
        session.reporter.report(.answer(origin + text(entry)))
    }
}
