import ArgumentParser
import DVFormats
import DVProject

/// `dvswift remote`: the places data is shared through.
struct RemoteCommand: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "remote",
        abstract: "Set up and manage remotes.",
        discussion: "A remote is a directory that several people or machines can reach.",
        subcommands: [
            RemoteAddCommand.self, RemoteDefaultCommand.self, RemoteModifyCommand.self,
            RemoteListCommand.self, RemoteRemoveCommand.self, RemoteRenameCommand.self,
        ]
    )
}

/// `dvswift remote add`.
struct RemoteAddCommand: ConfigurationCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a remote.",
        discussion:
            "A relative <url> is kept relative to the settings file, so that it works for every clone."
    )

    @Argument(help: "Name of the remote.") var name: String
    @Argument(
        help: "Address of the storage, or path of a shared directory.",
        completion: .directory
    ) var url: String

    @Flag(name: .shortAndLong, help: "Make it the default remote.") var `default` = false
    @Flag(name: .shortAndLong, help: "Replace a remote of the same name.") var force = false

    @OptionGroup var level: LevelOptions
    @OptionGroup var global: GlobalOptions

    func run(with settings: SettingsEditor, in session: Session) throws {
        if self.default {
            session.reporter.report(.answer("Setting '\(name.lowercased())' as a default remote."))
        }
        try settings.addRemote(
            name.lowercased(),
            url: url,
            isDefault: self.default,
            isReplacing: force,
            level: level.level
        )
        let url = ConfigKey(.remote(name.lowercased()), "url")
        SecretNotice(setting: url, to: self.url, level: level.level)?
            .show(of: "remote modify", naming: "\(name.lowercased()) url", in: session)
    }
}

/// `dvswift remote default`.
struct RemoteDefaultCommand: ConfigurationCommand {
    static let configuration = CommandConfiguration(
        commandName: "default",
        abstract: "Show, set or unset the default remote."
    )

    @Argument(help: "Name of the remote; shows the default if left out.", completion: .remotes)
    var name: String?

    @Flag(name: .shortAndLong, help: "Have no default remote.") var unset = false

    @OptionGroup var level: LevelOptions
    @OptionGroup var global: GlobalOptions

    func run(with settings: SettingsEditor, in session: Session) throws {
        if let name, !unset {
            try settings.setDefaultRemote(name.lowercased(), level: level.level)
        } else if unset {
            try settings.setDefaultRemote(nil, level: level.level)
        } else if let current = try settings.defaultRemote(level: level.level) {
            session.reporter.report(.answer(current))
        } else {
            session.reporter.report(.answer("No default remote set"))
            throw ExitCode(ExitStatus.failure.rawValue)
        }
    }
}

/// `dvswift remote modify`.
struct RemoteModifyCommand: ConfigurationCommand {
    static let configuration = CommandConfiguration(
        commandName: "modify",
        abstract: "Set or unset an option of a remote.",
        discussion: """
            The options are those of DVC for the kind of remote that the url names, and layout (plain or encoded) of dvswift. A \
            relative path of keyfile, credentialpath, configpath, cert_path, key_path and the gdrive files is kept relative to the \
            settings file. A remote with the url remote://<name>/<path> takes what it does not set itself from <name>.

            Passwords, tokens and keys belong in --local, --global or --system: .dvc/config is committed to Git. To write one \
            there works as in DVC, with a warning.

            dvswift remote modify storage endpointurl https://s3.example.com
            dvswift remote modify --local storage secret_access_key secret
            """
    )

    @Argument(help: "Name of the remote.", completion: .remotes) var name: String
    @Argument(help: "Option, for example url or layout.", completion: .remoteSettings)
    var option: String
    @Argument(help: "Value of the option.") var value: String?

    @Flag(name: .shortAndLong, help: "Unset the option.") var unset = false

    @OptionGroup var level: LevelOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if value == nil, !unset {
            throw ValidationError("the following arguments are required: value")
        }
    }

    func run(with settings: SettingsEditor, in session: Session) throws {
        let key = ConfigKey(.remote(name.lowercased()), option)
        try settings.modifyRemote(key, value: unset ? nil : value, level: level.level)
        guard let value, !unset else { return }
        SecretNotice(setting: key, to: value, level: level.level)?
            .show(of: "remote modify", naming: "\(name.lowercased()) \(key.option)", in: session)
    }
}

/// `dvswift remote list`.
struct RemoteListCommand: ConfigurationCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List remotes with their URLs.",
        discussion: "Passwords in addresses are shown as … unless --show-secrets is given."
    )

    @OptionGroup var secrets: SecretOptions
    @OptionGroup var level: LevelOptions
    @OptionGroup var global: GlobalOptions

    func run(with settings: SettingsEditor, in session: Session) throws {
        let remotes = try settings.remotes(level: level.level)
        for line in RemoteListView(remotes, secrets: secrets).lines {
            session.reporter.report(.answer(line))
        }
    }
}

/// `dvswift remote remove`.
struct RemoteRemoveCommand: ConfigurationCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a remote from the settings; its data stays."
    )

    @Argument(help: "Name of the remote.", completion: .remotes) var name: String

    @OptionGroup var level: LevelOptions
    @OptionGroup var global: GlobalOptions

    func run(with settings: SettingsEditor, in session: Session) throws {
        try settings.removeRemote(name.lowercased(), level: level.level)
    }
}

/// `dvswift remote rename`.
struct RemoteRenameCommand: ConfigurationCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Rename a remote."
    )

    @Argument(help: "Name of the remote.", completion: .remotes) var name: String
    @Argument(help: "New name.") var new: String

    @OptionGroup var level: LevelOptions
    @OptionGroup var global: GlobalOptions

    func run(with settings: SettingsEditor, in session: Session) throws {
        try settings.renameRemote(name.lowercased(), to: new.lowercased(), level: level.level)
    }
}
