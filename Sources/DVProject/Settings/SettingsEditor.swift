import DVFormats
import DVSystem

/// One option that is set somewhere.
package struct SettingEntry: Sendable {
    package let name: String
    package let value: String
    /// Whether the value is not for everybody's eyes.
    package let isSecret: Bool
    /// The file that sets it, as seen from the working directory.
    package let origin: String
}

/// Reads and edits settings files.
///
/// Every edit is checked as a whole before it is written, atomically.
package final class SettingsEditor {
    private(set) var files: SettingsFiles
    private let root: AbsolutePath?

    package init(
        workingDirectory: AbsolutePath,
        environment: ProcessEnvironment = .current()
    ) throws {
        root = try Project.rootIfPresent(containing: workingDirectory)
        files = try SettingsFiles(
            dvcDirectory: root?.appending(".dvc"),
            workingDirectory: workingDirectory,
            environment: environment.variables
        )
    }

    // MARK: Options

    /// All options that are set, in order of precedence of their files; within a file remotes come first, as in DVC.
    package func options(level: ConfigLevel?) throws -> [SettingEntry] {
        try sources(level).flatMap { source in
            ConfigSection.namedFirst(source.file.sections).flatMap { section in
                source.file.options(in: section).compactMap { option in
                    entry(ConfigKey(section, option), in: source)
                }
            }
        }
    }

    /// The value in force; nil if nothing sets it.
    ///
    /// With a level given, an option that is not set there is an error.
    package func value(of key: ConfigKey, level: ConfigLevel?) throws -> SettingEntry? {
        let found = try sources(level).reversed().compactMap { entry(key, in: $0) }.first
        if found == nil, let level { try require(key, level: level) }
        return found
    }

    package func set(_ key: ConfigKey, to value: String, level: ConfigLevel?) throws {
        try edit(level, owner: .of(key)) { file, path in
            try file.set(stored(value, for: key, in: path), for: key)
        }
    }

    package func unset(_ key: ConfigKey, level: ConfigLevel?) throws {
        try require(key, level: level ?? .project)
        try edit(level, owner: .of(key)) { file, _ in _ = file.unset(key) }
    }

    // MARK: Cache directory

    package func setCacheDirectory(_ value: String?, level: ConfigLevel?) throws {
        let key = ConfigKey(.plain("cache"), "dir")
        if let value { try set(key, to: value, level: level) } else { try unset(key, level: level) }
    }

    package func cacheDirectory(level: ConfigLevel?) throws -> String {
        let key = ConfigKey(.plain("cache"), "dir")
        if let level {
            try require(key, level: level)
            return try narrowed(to: level).path(key, home: files.home) ?? ""
        }
        if let path = try files.path(key) { return path }
        guard let root else { throw ProjectError.invalidSetting("Not inside a DVC repo") }
        return root.appending(".dvc/cache").string
    }

    // MARK: Shared with remotes

    /// Changes one settings file if the result is valid together with all the others.
    func edit(
        _ level: ConfigLevel?,
        owner: ConfigOwner = .dvc,
        _ change: (inout ConfigFile, AbsolutePath) throws -> Void
    ) throws {
        let path = try location(level ?? .project, owner)
        var sources = files.levels.sources
        guard let index = sources.firstIndex(where: { $0.path == path }) else { return }
        let before = sources[index].file.serialized()
        try change(&sources[index].file, path)
        let after = sources[index].file.serialized()
        guard after != before else { return }
        var changed = files
        changed.levels = ConfigLevels(sources: sources)
        try changed.validate()
        try path.parent.makeDirectories()
        try path.replaceContents(with: after)
        files = changed
    }

    /// The merged view of one level, or of all.
    func narrowed(to level: ConfigLevel?) throws -> ConfigLevels {
        ConfigLevels(sources: try sources(level))
    }

    /// `value` as a file at `path` keeps it: relative paths are kept relative to that file.
    func stored(_ value: String, for key: ConfigKey, in path: AbsolutePath) -> String {
        guard ConfigPaths.isPath(key) else { return value }
        return ConfigPaths.store(
            value,
            workingDirectory: files.workingDirectory,
            configDirectory: path.parent,
            home: files.home
        )
    }

    /// The merged view of one level and those that it overrides, or of all.
    func merged(upTo level: ConfigLevel?) -> ConfigLevels {
        guard let level else { return files.levels }
        return ConfigLevels(sources: files.levels.sources.filter { $0.level <= level })
    }

    private func sources(_ level: ConfigLevel?) throws -> [ConfigLevels.Source] {
        guard let level else { return files.levels.sources }
        _ = try location(level, .dvc)
        return files.levels.sources.filter { $0.level == level }
    }

    private func location(_ level: ConfigLevel, _ owner: ConfigOwner) throws -> AbsolutePath {
        guard let path = files.locations.file(level, owner) else {
            throw ProjectError.invalidSetting("Not inside a DVC repo")
        }
        return path
    }

    private func entry(_ key: ConfigKey, in source: ConfigLevels.Source) -> SettingEntry? {
        source.file[key].map {
            SettingEntry(
                name: key.description,
                value: shown($0.text, of: key, in: source),
                isSecret: key.isSecret,
                origin: source.level >= .project
                    ? source.path.climbing(from: root ?? files.workingDirectory)
                    : source.path.string
            )
        }
    }

    /// Paths are shown resolved, as DVC does.
    private func shown(_ value: String, of key: ConfigKey, in source: ConfigLevels.Source) -> String
    {
        guard ConfigPaths.isPath(key) else { return value }
        return ConfigPaths.resolve(value, configDirectory: source.path.parent, home: files.home)
    }

    private func require(_ key: ConfigKey, level: ConfigLevel) throws {
        let sources = try sources(level)
        let kind = key.section.name == nil ? "section" : key.section.kind
        let name = key.section.name ?? key.section.kind
        // To DVC every plain section that it knows exists.
        let isThere =
            ConfigSchema.isPlainSection(key.section)
            || sources.contains { $0.file.hasSection(key.section) }
        guard isThere else {
            throw ProjectError.invalidSetting("\(kind) '\(name)' doesn't exist")
        }
        guard sources.contains(where: { $0.file[key] != nil }) else {
            throw ProjectError.invalidSetting(
                "option '\(key.option)' doesn't exist in \(kind) '\(name)'"
            )
        }
    }
}
