import DVFormats

/// A remote and its URL.
package struct RemoteEntry: Sendable {
    package let name: String
    package let url: String
    package let isDefault: Bool
}

extension SettingsEditor {
    private static let defaultKey = ConfigKey(.plain("core"), "remote")

    /// All remotes, in the order of their definition.
    package func remotes(level: ConfigLevel?) throws -> [RemoteEntry] {
        let levels = try narrowed(to: level)
        let chosen = levels.entry(Self.defaultKey)?.value.text
        return try levels.remotes.map { name in
            RemoteEntry(
                name: name,
                url: try files.path(ConfigKey(.remote(name), "url")) ?? "",
                isDefault: name == chosen
            )
        }
    }

    package func addRemote(
        _ name: String,
        url: String,
        isDefault: Bool,
        isReplacing: Bool,
        level: ConfigLevel?
    ) throws {
        let section = ConfigSection.remote(name)
        try edit(level) { file, path in
            if file.hasSection(section), !isReplacing {
                throw ProjectError.invalidSetting(
                    "remote '\(name)' already exists. Use `-f|--force` to overwrite it."
                )
            }
            let value = stored(url, for: ConfigKey(section, "url"), in: path)
            _ = try file.replaceSection(section, with: [("url", value)])
            if isDefault { try file.set(name, for: Self.defaultKey) }
        }
    }

    /// The default remote's name; nil if none is set.
    package func defaultRemote(level: ConfigLevel?) throws -> String? {
        try narrowed(to: level).entry(Self.defaultKey)?.value.text
    }

    /// Makes `name` the default, or none if nil.
    package func setDefaultRemote(_ name: String?, level: ConfigLevel?) throws {
        try edit(level) { file, _ in
            guard let name else {
                _ = file.unset(Self.defaultKey)
                return
            }
            guard merged(upTo: level).remotes.contains(name) else {
                throw ProjectError.invalidSetting("default remote must be present in remote list.")
            }
            try file.set(name, for: Self.defaultKey)
        }
    }

    /// Sets an option of a remote, or unsets it if `value` is nil.
    package func modifyRemote(_ key: ConfigKey, value: String?, level: ConfigLevel?) throws {
        try requireRemote(key.section.name ?? "", in: merged(upTo: level))
        try edit(level, owner: .of(key)) { file, path in
            guard let value else {
                _ = file.unset(key)
                return
            }
            try file.set(stored(value, for: key, in: path), for: key)
        }
    }

    /// Removes a remote, and the defaults that name it, at this level and those that shadow it.
    package func removeRemote(_ name: String, level: ConfigLevel?) throws {
        try requireRemote(name, in: try narrowed(to: level ?? .project))
        for owner in [ConfigOwner.dvc, .dvswift] {
            try edit(level, owner: owner) { file, _ in _ = file.removeSection(.remote(name)) }
        }
        try updateDefault(from: name, to: nil, downTo: level ?? .project)
    }

    package func renameRemote(_ name: String, to new: String, level: ConfigLevel?) throws {
        if files.levels.remotes.contains(new) {
            throw ProjectError.invalidSetting(
                "Rename failed. Remote name '\(new)' already exists."
            )
        }
        try requireRemote(name, in: try narrowed(to: level ?? .project))
        for owner in [ConfigOwner.dvc, .dvswift] {
            try edit(level, owner: owner) { file, _ in
                _ = file.renameSection(.remote(name), to: .remote(new))
            }
        }
        try updateDefault(from: name, to: new, downTo: level ?? .project)
    }

    private func requireRemote(_ name: String, in levels: ConfigLevels) throws {
        guard levels.remotes.contains(name) else {
            throw ProjectError.invalidSetting("remote '\(name)' doesn't exist.")
        }
    }

    /// Changes `core.remote` where it names `name`, from the strongest level down to `last`.
    private func updateDefault(from name: String, to new: String?, downTo last: ConfigLevel) throws
    {
        for level in ConfigLevel.allCases.reversed() where level >= last {
            let current = try narrowed(to: level).entry(Self.defaultKey)?.value.text
            guard current == name else { continue }
            try edit(level) { file, _ in
                if let new {
                    try file.set(new, for: Self.defaultKey)
                } else {
                    _ = file.unset(Self.defaultKey)
                }
            }
        }
    }
}
