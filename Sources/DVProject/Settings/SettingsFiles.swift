import DVFormats
import DVSystem

/// The settings files that apply to a directory, read from all levels.
struct SettingsFiles: Sendable {
    let locations: ConfigLocations
    let home: String
    let environment: [String: String]
    let workingDirectory: AbsolutePath
    var levels: ConfigLevels

    /// `dvcDirectory` is nil outside projects: then only the levels of the user and the machine exist.
    init(
        dvcDirectory: AbsolutePath?,
        workingDirectory: AbsolutePath,
        environment: [String: String]
    ) throws {
        locations = ConfigLocations(environment: environment, dvcDirectory: dvcDirectory)
        home = environment["HOME"] ?? "/"
        self.environment = environment
        self.workingDirectory = workingDirectory
        levels = ConfigLevels(sources: try locations.all.map(Self.read))
    }

    private static func read(
        _ location: (level: ConfigLevel, owner: ConfigOwner, path: AbsolutePath)
    ) throws -> ConfigLevels.Source {
        let bytes = try location.path.readBytesIfPresent() ?? []
        let file = try asSetting { () throws(FormatError) in
            try ConfigFile(parsing: bytes, file: location.path.string)
        }
        return ConfigLevels.Source(
            level: location.level,
            owner: location.owner,
            path: location.path,
            file: file
        )
    }

    /// Throws `ProjectError.configuration` if an option is unknown or has a value it cannot have.
    func validate() throws {
        try Self.asSetting { () throws(FormatError) in try levels.validate() }
    }

    /// A path or address, resolved; nil if nothing sets it.
    func path(_ key: ConfigKey) throws -> String? {
        try Self.asSetting { () throws(FormatError) in try levels.path(key, home: home) }
    }

    /// All that is set for a remote; nil if there is none of this name.
    func remote(_ name: String) throws -> RemoteOptions? {
        try Self.asSetting { () throws(FormatError) in
            try levels.remoteOptions(name, home: home)
        }
    }

    /// The settings for an address that a user gives, with the options that are given along with it.
    func remote(url: String, adding options: [StorageOption]) throws -> RemoteOptions {
        try Self.asSetting { () throws(FormatError) in
            try levels.remoteOptions(url: url, adding: options, home: home)
        }
    }

    /// Files and options that are wrong have an exit code of their own.
    private static func asSetting<Value>(
        _ read: () throws(FormatError) -> Value
    ) throws(ProjectError) -> Value {
        do throws(FormatError) {
            return try read()
        } catch {
            throw .configuration(error)
        }
    }
}
