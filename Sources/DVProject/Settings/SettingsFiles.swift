import DVFormats
import DVSystem

/// The settings files that apply to a directory, read from all levels.
struct SettingsFiles: Sendable {
    let locations: ConfigLocations
    let home: String
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
        self.workingDirectory = workingDirectory
        levels = ConfigLevels(sources: try locations.all.map(Self.read))
    }

    private static func read(
        _ location: (level: ConfigLevel, owner: ConfigOwner, path: AbsolutePath)
    ) throws -> ConfigLevels.Source {
        let bytes = try location.path.readBytesIfPresent() ?? []
        return ConfigLevels.Source(
            level: location.level,
            owner: location.owner,
            path: location.path,
            file: try ConfigFile(parsing: bytes, file: location.path.string)
        )
    }

    /// Throws `ProjectError.configuration` if an option is unknown or has a value it cannot have.
    func validate() throws {
        do throws(FormatError) {
            try levels.validate()
        } catch {
            throw ProjectError.configuration(error)
        }
    }

    /// A path or address, resolved; nil if nothing sets it.
    func path(_ key: ConfigKey) throws -> String? {
        do throws(FormatError) {
            return try levels.path(key, home: home)
        } catch {
            throw ProjectError.configuration(error)
        }
    }
}
