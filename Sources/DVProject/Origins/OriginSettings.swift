import DVFormats
import DVHashing
import DVSystem

/// Where a project of another repository keeps its data: its settings at a revision, and what an import says instead.
struct OriginSettings {
    private let levels: ConfigLevels
    private let home: String?
    private let environment: [String: String]
    let request: ImportedRepository
    /// `.dvc` of the project; there is nothing on disk if the repository was cloned.
    private let dvcDirectory: AbsolutePath

    /// For a project of a folder of this machine, `isLocal`, its settings on disk fill what the revision lacks: a remote
    /// that was added later, or one that is not committed.
    init(
        _ files: any ProjectFiles,
        at root: AbsolutePath,
        isLocal: Bool,
        request: ImportedRepository,
        in context: OriginContext
    ) throws {
        dvcDirectory = root.appending(".dvc")
        home = context.home
        environment = context.environment.variables
        self.request = request
        let reader = OriginSettingsReader(dvcDirectory: dvcDirectory, context: context)
        var foreign: [ConfigLevels.Source] = []
        if isLocal { foreign += try reader.onDisk(.project) }
        foreign += try reader.revision(files)
        if isLocal { foreign += try reader.onDisk(.local) }
        let guarding = ForeignSettings(context.reporter)
        var sources = try reader.userLevels() + guarding.withoutCommands(foreign)
        sources += try guarding.withoutCommands(reader.requested(request))
        levels = ConfigLevels(sources: sources)
        sources += try guarding.withoutCommands(
            reader.requestedRemote(request, default: Self.defaultRemote(levels))
        )
        merged = ConfigLevels(sources: sources)
    }

    private let merged: ConfigLevels

    var templates: TemplateReading {
        get throws { try TemplateReading(merged) }
    }

    private static func defaultRemote(_ levels: ConfigLevels) -> String? {
        levels.entry(ConfigKey(.plain("core"), "remote"))?.value.text
    }

    var cacheDirectory: AbsolutePath {
        get throws {
            let directory = try merged.path(ConfigKey(.plain("cache"), "dir"), home: home)
            return AbsolutePath(directory ?? "cache", relativeTo: dvcDirectory)
        }
    }

    /// Throws `ProjectError.unknownRemote` for a name that the project does not know.
    func checkRequestedRemote() throws {
        guard case .string? = request.remote else { return }
        _ = try remote(boundTo: nil)
    }

    /// Where DVC keeps `inside` of an output, whose object is `name`: on its remote, in the cache if there is none.
    func location(
        of name: ObjectName,
        _ output: VersionedOutput,
        inside: RelativePath,
        boundTo remote: String?
    ) throws -> String {
        let definition = try self.remote(boundTo: remote)
        if let definition, definition.isVersioned { return definition.address(of: output, inside) }
        let folder = try definition?.url ?? cacheDirectory.string
        let part = output.record.scheme == .md5 ? "files/md5/" : ""
        let text = name.text
        return "\(folder)/\(part)\(text.prefix(2))/\(text.dropFirst(2))"
    }

    /// The remote that an output is bound to, or the one that was asked for, or the default one; nil if there is none.
    func remote(boundTo name: String?) throws -> RemoteDefinition? {
        var chosen = Self.defaultRemote(merged)
        if case .string(let name)? = request.remote { chosen = name }
        guard let name = name ?? chosen else { return nil }
        guard let options = try merged.remoteOptions(name, home: home) else {
            throw ProjectError.unknownRemote(name: name, known: merged.remotes)
        }
        return RemoteDefinition(name: name, options: options, environment: environment)
    }
}

/// Reads the levels of `OriginSettings`.
private struct OriginSettingsReader {
    let dvcDirectory: AbsolutePath
    let context: OriginContext

    private var locations: ConfigLocations {
        ConfigLocations(environment: context.environment.variables, dvcDirectory: dvcDirectory)
    }

    func userLevels() throws -> [ConfigLevels.Source] {
        try onDisk(.system) + onDisk(.global)
    }

    func onDisk(_ level: ConfigLevel) throws -> [ConfigLevels.Source] {
        try locations.all.filter { $0.level == level }.compactMap { location in
            guard let bytes = try location.path.readBytesIfPresent() else { return nil }
            return try source(bytes, level, location.owner, at: location.path)
        }
    }

    func revision(_ files: any ProjectFiles) throws -> [ConfigLevels.Source] {
        try ConfigOwner.allCases.compactMap { owner in
            let name = owner == .dvc ? "config" : "config.dvswift"
            let path = RelativePath.empty.appending(".dvc").appending(name)
            guard let bytes = try files.content(at: path) else { return nil }
            return try source(bytes, .project, owner, at: dvcDirectory.appending(name))
        }
    }

    /// The `config` of an import: a file, or settings.
    func requested(_ request: ImportedRepository) throws -> [ConfigLevels.Source] {
        switch request.configuration {
        case .string(let name)?:
            let paths = context.bases.map { AbsolutePath(name, relativeTo: $0) }
            let found = try paths.first { path throws in try path.exists() }
            let path = found ?? AbsolutePath(name, relativeTo: context.workingDirectory)
            return [try source(try path.readBytes(), .local, .dvc, at: path)]
        case .mapping(let sections)?:
            var file = ConfigFile(file: "config")
            for (kind, value) in sections { try file.add(value, kind: kind) }
            return [source(file)]
        default: return []
        }
    }

    /// The `remote` of an import, if it has settings for the default remote.
    func requestedRemote(
        _ request: ImportedRepository,
        default name: String?
    ) throws -> [ConfigLevels.Source] {
        guard case .mapping(let options)? = request.remote, let name else { return [] }
        var file = ConfigFile(file: "remote")
        try file.add(.mapping([(name, .mapping(options))]), kind: "remote")
        return [source(file)]
    }

    private func source(_ file: ConfigFile) -> ConfigLevels.Source {
        let path = context.workingDirectory.appending("config")
        return ConfigLevels.Source(level: .local, owner: .dvc, path: path, file: file)
    }

    private func source(
        _ bytes: [UInt8],
        _ level: ConfigLevel,
        _ owner: ConfigOwner,
        at path: AbsolutePath
    ) throws -> ConfigLevels.Source {
        do throws(FormatError) {
            let file = try ConfigFile(parsing: bytes, file: path.string)
            return ConfigLevels.Source(level: level, owner: owner, path: path, file: file)
        } catch {
            throw ProjectError.configuration(error)
        }
    }
}

extension ConfigFile {
    /// Adds a section, or those of a kind whose sections have names.
    fileprivate mutating func add(_ value: DataValue, kind: String) throws {
        guard case .mapping(let pairs) = value else { return }
        for (key, value) in pairs {
            if case .mapping(let options) = value {
                for (option, value) in options {
                    let section = ConfigSection(kind: kind, name: key)
                    try set(value.settingText, for: ConfigKey(section, option))
                }
            } else {
                try set(value.settingText, for: ConfigKey(.plain(kind), key))
            }
        }
    }
}

extension DataValue {
    fileprivate var settingText: String {
        switch self {
        case .string(let text), .timestamp(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .float(let number): String(number)
        default: ""
        }
    }
}
