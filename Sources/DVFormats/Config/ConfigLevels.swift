import DVSystem

/// A setting with its origin.
package struct ConfigEntry: Hashable, Sendable {
    package let key: ConfigKey
    /// As DVC normalises it: words lower-cased, link types as a list.
    package let value: ConfigValue
    package let level: ConfigLevel
    package let owner: ConfigOwner
    package let path: AbsolutePath
    package let line: Int?
}

/// The settings of all levels, merged: for each option the last file that sets it rules.
package struct ConfigLevels: Sendable {
    /// One configuration file that exists.
    package struct Source: Sendable {
        package let level: ConfigLevel
        package let owner: ConfigOwner
        package let path: AbsolutePath
        package var file: ConfigFile

        package init(
            level: ConfigLevel,
            owner: ConfigOwner,
            path: AbsolutePath,
            file: ConfigFile
        ) {
            self.level = level
            self.owner = owner
            self.path = path
            self.file = file
        }
    }

    /// In order of precedence, as `ConfigLocations.all` lists them.
    package let sources: [Source]

    package init(sources: [Source]) {
        self.sources = sources
    }

    /// The settings of one level only.
    package func only(_ level: ConfigLevel) -> ConfigLevels {
        ConfigLevels(sources: sources.filter { $0.level == level })
    }

    /// The ruling value of an option.
    package func entry(_ key: ConfigKey) -> ConfigEntry? {
        for source in sources.reversed() {
            guard let value = source.file[key] else { continue }
            return ConfigEntry(
                key: key,
                value: rule(for: key)?.normalized(value) ?? value,
                level: source.level,
                owner: source.owner,
                path: source.path,
                line: source.file.line(of: key)
            )
        }
        return nil
    }

    /// Every section that some file has, in order of first mention.
    package var sections: [ConfigSection] {
        unique(sources.flatMap(\.file.sections))
    }

    /// The options that some file sets in a section, in order of first mention.
    package func options(in section: ConfigSection) -> [String] {
        unique(sources.flatMap { $0.file.options(in: section) })
    }

    /// Every setting with its ruling value.
    package var entries: [ConfigEntry] {
        sections.flatMap { section in
            options(in: section).compactMap { entry(ConfigKey(section, $0)) }
        }
    }

    /// The names of all remotes, in order of first mention.
    package var remotes: [String] {
        sections.filter { $0.kind == "remote" }.compactMap(\.name)
    }

    /// The settings of a remote by option; empty if there is no such remote.
    package func remote(_ name: String) -> [String: ConfigEntry] {
        let section = ConfigSection.remote(name)
        let entries = options(in: section).compactMap { entry(ConfigKey(section, $0)) }
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.key.option, $0) })
    }

    private func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { seen.insert($0).inserted }
    }
}
