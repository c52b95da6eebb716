import DVFormats
import DVRemotes
import DVSystem

/// What is known of storages that addresses name: remotes of the project here, options given along, the user's environment.
struct AddressSettings {
    private let files: SettingsFiles

    init(_ files: SettingsFiles) { self.files = files }

    /// What is at `url`, an address of a storage or of this machine.
    ///
    /// Throws `ProjectError.unsupportedScheme`, `ProjectError.unknownRemote`, `ProjectError.configuration` and `StorageError`.
    func place(
        _ url: String,
        adding options: [StorageOption],
        from folder: AbsolutePath
    ) throws -> ExternalPath {
        try checkRemote(in: url)
        guard !StorageOption.namesVersion(url) || url.hasPrefix("http") else {
            throw ProjectError.versions(.pinnedAddress(url))
        }
        guard ConfigLevels.knowsKind(of: url) else {
            let scheme = String(url.prefix { $0 != ":" })
            throw ProjectError.unsupportedScheme(url: url, scheme: scheme)
        }
        let resolved = options.map { $0.resolved(from: folder, home: files.home) }
        let settings = try files.remote(url: url, adding: resolved)
        if let place = try settings.place(environment: files.environment) {
            if options.contains(where: \.asksForVersions), !place.isVersioned {
                throw ProjectError.versions(.unsupportedAddress(url))
            }
            return .stored(place)
        }
        return .here(try AbsolutePath(ofAddress: settings.url))
    }

    private func checkRemote(in url: String) throws {
        guard url.hasPrefix("remote://") else { return }
        let name = String(url.dropFirst("remote://".count).prefix { $0 != "/" })
        guard try files.remote(name) != nil else {
            throw ProjectError.unknownRemote(name: name, known: files.levels.remotes)
        }
    }
}

extension AbsolutePath {
    /// The path of `file:///path`, or a path itself.
    init(ofAddress url: String) throws {
        guard let separator = url.firstRange(of: "://") else {
            self.init(url, relativeTo: .root)
            return
        }
        let scheme = String(url[..<separator.lowerBound])
        guard scheme == "file" || scheme == "local",
            let path = AbsolutePath(String(url[separator.upperBound...]))
        else { throw ProjectError.unsupportedScheme(url: url, scheme: scheme) }
        self = path
    }
}

extension StorageOption {
    /// Relative paths and `~` as a user means them.
    fileprivate func resolved(from folder: AbsolutePath, home: String) -> StorageOption {
        guard ConfigPaths.isPath(ConfigKey(.remote(""), name)) else { return self }
        return StorageOption(
            name: name,
            value: ConfigPaths.resolve(value, configDirectory: folder, home: home)
        )
    }
}

extension OriginContext {
    /// Of the project, or outside of projects of the user.
    func addresses(of project: Project?) throws -> AddressSettings {
        if let project { return project.settings.addresses }
        return AddressSettings(
            try SettingsFiles(
                dvcDirectory: nil,
                workingDirectory: workingDirectory,
                environment: environment.variables
            )
        )
    }
}
