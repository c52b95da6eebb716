import DVSystem

extension ConfigLevels {
    /// The settings of a remote; nil if there is none of this name.
    ///
    /// - Throws: at an option that the remote's kind does not have, a value that it cannot have, and a `remote://` that leads
    ///   to no remote or in a circle.
    package func remoteOptions(
        _ name: String,
        home: String?
    ) throws(FormatError) -> RemoteOptions? {
        let resolution = RemoteResolution(levels: self, home: home)
        return try resolution.settings(of: name.lowercased())
            .map { settings throws(FormatError) in
                try resolution.checked(settings, name: name.lowercased())
            }
    }

    /// Whether there are remotes with addresses of this kind.
    package static func knowsKind(of url: String) -> Bool { ConfigSchema.remote(url: url) != nil }

    /// The settings for an address that a user gives, with the options that are given along with it.
    package func remoteOptions(
        url: String,
        adding options: [StorageOption] = [],
        home: String?
    ) throws(FormatError) -> RemoteOptions {
        let section = ConfigSection(kind: "url", name: nil)
        let given = (options + [StorageOption(name: "url", value: url)]).map {
            RemoteResolution.Setting(key: ConfigKey(section, $0.name), value: .string($0.value))
        }
        let resolution = RemoteResolution(levels: self, home: home)
        let settings = Dictionary(given.map { ($0.key.option, $0) }) { $1 }
        return try resolution.checked(try resolution.following(settings, from: []), name: nil)
    }
}

/// Follows `remote://` from remote to remote: each takes what it does not set itself from the one it refers to.
struct RemoteResolution {
    let levels: ConfigLevels
    let home: String?

    /// A value and where it comes from.
    struct Setting {
        let key: ConfigKey
        var value: ConfigValue
    }

    func settings(
        of name: String,
        from chain: [String] = []
    ) throws(FormatError) -> [String: Setting]? {
        let own = levels.remote(name).mapValues { entry in
            Setting(key: entry.key, value: resolved(entry))
        }
        guard own["url"] != nil else { return nil }
        return try following(own, from: chain + [name])
    }

    func following(
        _ own: [String: Setting],
        from chain: [String]
    ) throws(FormatError) -> [String: Setting] {
        guard let url = own["url"], ConfigSchema.scheme(of: url.value.text) == "remote" else {
            return own
        }
        let place = url.value.text.dropFirst("remote://".count)
        let name = place.prefix { $0 != "/" }.lowercased()
        let path = place.dropFirst(name.count).drop { $0 == "/" }
        if chain.contains(name) {
            let circle = (chain + [name]).joined(separator: ", ")
            throw levels.error(url.key, "remotes that refer to each other: \(circle)")
        }
        guard var settings = try settings(of: name, from: chain), let base = settings["url"] else {
            throw levels.error(url.key, "remote '\(name)' doesn't exist")
        }
        settings.merge(own) { $1 }
        settings["url"] = Setting(
            key: url.key,
            value: .string(Self.joining(base.value.text, path))
        )
        return settings
    }

    func checked(
        _ settings: [String: Setting],
        name: String?
    ) throws(FormatError) -> RemoteOptions {
        guard let url = settings["url"] else {
            throw FormatError(file: "config", problem: "expected 'url'")
        }
        guard let rules = ConfigSchema.remote(url: url.value.text) else {
            let scheme = ConfigSchema.scheme(of: url.value.text) ?? ""
            throw levels.error(url.key, "Unsupported URL type \(scheme)://")
        }
        var values: [String: ConfigValue] = [:]
        for (option, setting) in settings.sorted(by: { $0.key < $1.key }) {
            guard let rule = ConfigSchema.ownRule("remote", option) ?? rules[option] else {
                throw levels.unknownOption(setting.key, among: Array(rules.keys))
            }
            if let problem = rule.problem(with: setting.value) {
                throw levels.error(setting.key, problem)
            }
            values[option] = rule.normalized(setting.value)
        }
        return RemoteOptions(name: name, url: url.value.text, values: values)
    }

    private func resolved(_ entry: ConfigEntry) -> ConfigValue {
        guard ConfigPaths.isPath(entry.key) else { return entry.value }
        return .string(
            ConfigPaths.resolve(
                entry.value.text,
                configDirectory: entry.path.parent,
                home: home
            )
        )
    }

    private static func joining(_ base: String, _ path: Substring) -> String {
        if path.isEmpty { return base }
        return base.hasSuffix("/") ? base + path : "\(base)/\(path)"
    }
}
