import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVSystem

/// The settings of an open project, merged from all levels and typed.
package struct ProjectSettings: Sendable {
    package let cacheDirectory: AbsolutePath
    package let store: StoreSettings
    package let isAutostaging: Bool
    package let isWithoutGit: Bool
    /// How many threads work at once unless a command says otherwise.
    package let jobs: Int
    package let defaultRemote: String?
    let templates: TemplateReading
    let plots: PlotSettings
    /// How much of each resource stages may use at the same time.
    let resources: [String: Double]

    private let files: SettingsFiles
    private let root: AbsolutePath

    init(_ files: SettingsFiles, root: AbsolutePath) throws {
        self.files = files
        let levels = files.levels
        self.root = root
        let dvcDirectory = root.appending(".dvc")
        do throws(FormatError) {
            let directory = try levels.path(ConfigKey(.plain("cache"), "dir"), home: files.home)
            cacheDirectory = AbsolutePath(directory ?? "cache", relativeTo: dvcDirectory)
            store = try Self.storeSettings(levels)
            isAutostaging = try levels.bool(ConfigKey(.plain("core"), "autostage")) ?? false
            isWithoutGit = try levels.bool(ConfigKey(.plain("core"), "no_scm")) ?? false
            jobs =
                try levels.integer(ConfigKey(.plain("core"), "jobs")) ?? WorkerPool.processorCount
            defaultRemote = try levels.string(ConfigKey(.plain("core"), "remote"))
            templates = try TemplateReading(levels)
            plots = try PlotSettings(levels)
            resources = try levels.limits()
        } catch {
            throw ProjectError.configuration(error)
        }
    }

    private static func storeSettings(_ levels: ConfigLevels) throws(FormatError) -> StoreSettings {
        func key(_ option: String) -> ConfigKey { ConfigKey(.plain("cache"), option) }
        var settings = StoreSettings()
        if let name = try levels.string(key("compression")) {
            settings.compression = Compression(rawValue: name) ?? .none
        }
        settings.level = try levels.integer(key("compression_level"))
        if let types = levels.list(key("type")) {
            settings.linkTypes = types.compactMap(LinkType.init(rawValue:))
        }
        settings.isShared = try levels.string(key("shared")) == "group"
        return settings
    }

    /// The default remote first.
    var remoteNames: [String] {
        let names = files.levels.remotes
        return names.filter { $0 == defaultRemote } + names.filter { $0 != defaultRemote }
    }

    /// For addresses of storages.
    var addresses: AddressSettings { AddressSettings(files) }

    /// The remote called `name`, or the default one.
    func remote(_ name: String?) throws -> RemoteDefinition {
        guard let name = name ?? defaultRemote else { throw ProjectError.noRemote(root: root) }
        guard let options = try files.remote(name) else {
            throw ProjectError.unknownRemote(name: name, known: files.levels.remotes)
        }
        return RemoteDefinition(name: name, options: options, environment: files.environment)
    }
}

/// A remote as settings describe it.
struct RemoteDefinition: Hashable, Sendable {
    let name: String
    let options: RemoteOptions
    /// Where some kinds look for credentials.
    let environment: [String: String]

    var url: String { options.url }

    /// The remote itself, for objects named by `scheme`; a limit holds for remotes that are not on this machine.
    func open(scheme: HashScheme, limit: Bandwidth? = nil) throws -> any Remote {
        if isVersioned { throw ProjectError.versions(.needsObjects(remote: name)) }
        let layout = try parsedLayout()
        guard let storage = try options.storage(environment: environment) else {
            return DirectoryRemote(
                at: try directory(),
                scheme: scheme,
                layout: layout,
                parallelism: options.integer("jobs")
            )
        }
        let limited = limit.map { ThrottledStorage(storage, $0) } ?? storage
        let parallelism = options.integer("jobs")
        // Objects of DVC 2 are plain everywhere.
        if layout == .encoded, scheme == .md5 {
            return EncodedRemote(limited, parallelism: parallelism)
        }
        return StorageRemote(limited, scheme: scheme, parallelism: parallelism)
    }

    /// Whether it keeps files under their own paths, with their versions.
    var isVersioned: Bool {
        options.flag("version_aware") == true || options.flag("worktree") == true
    }

    /// For outputs whose records tell where versions of their content are.
    func openVersions(
        _ places: [ObjectName: [VersionedRemote.Place]],
        _ listings: [ObjectName: DirectoryListing],
        limit: Bandwidth?
    ) throws -> VersionedRemote {
        guard options.scheme == "s3" else {
            throw ProjectError.versions(.unsupportedKind(remote: name, url: url))
        }
        if options.flag("version_aware") == false {
            throw ProjectError.versions(.worktreeWithoutVersions(remote: name))
        }
        guard let storage = try options.storage(environment: environment) else {
            throw ProjectError.versions(.unsupportedKind(remote: name, url: url))
        }
        return VersionedRemote(
            limit.map { ThrottledStorage(storage, $0) } ?? storage,
            name: name,
            places: places,
            listings: listings,
            parallelism: options.integer("jobs")
        )
    }

    /// The folder of a remote on this machine.
    func directory() throws -> AbsolutePath { try AbsolutePath(ofAddress: url) }

    func parsedLayout() throws -> DirectoryRemote.Layout {
        guard let layout = options.string("layout") else { return .plain }
        guard let parsed = DirectoryRemote.Layout(rawValue: layout) else {
            throw ProjectError.invalidLayout(remote: name, value: layout)
        }
        return parsed
    }
}
