import DVSystem

extension ConfigLevels {
    /// The text of an option; nil if it is not set.
    package func string(_ key: ConfigKey) throws(FormatError) -> String? {
        try checked(key, .text)?.value.text
    }

    package func bool(_ key: ConfigKey) throws(FormatError) -> Bool? {
        try checked(key, .bool).map { $0.value.text.lowercased() == "true" }
    }

    package func integer(_ key: ConfigKey) throws(FormatError) -> Int? {
        try checked(key, .number).flatMap { Int($0.value.text) }
    }

    /// The items of a list, or of text with commas.
    package func list(_ key: ConfigKey) -> [String]? {
        entry(key)?.value.items
    }

    /// How much of each resource the machine has, as far as it is said.
    package func limits() throws(FormatError) -> [String: Double] {
        let section = ConfigSection.plain(ConfigSchema.limits)
        var limits: [String: Double] = [:]
        for name in options(in: section) {
            let entry = try checked(ConfigKey(section, name), .decimal(least: 0))
            limits[name] = entry.flatMap { Double($0.value.text) }
        }
        return limits
    }

    /// A path or address, resolved against the folder of the file that sets it.
    package func path(_ key: ConfigKey, home: String?) throws(FormatError) -> String? {
        try checked(key, .text).map {
            ConfigPaths.resolve(
                $0.value.text,
                configDirectory: $0.path.parent,
                home: home
            )
        }
    }

    /// The ruling value, checked against the schema's rule, or else `fallback`.
    private func checked(
        _ key: ConfigKey,
        _ fallback: ConfigRule
    ) throws(FormatError) -> ConfigEntry? {
        guard let entry = entry(key) else { return nil }
        for rule in [rule(for: key) ?? fallback, fallback] {
            if let problem = rule.problem(with: entry.value) { throw error(key, problem) }
        }
        return entry
    }

    func error(_ key: ConfigKey, _ problem: String) -> FormatError {
        let source = sources.last { $0.file[key] != nil }
        return FormatError(
            file: source?.file.file ?? "config",
            line: source?.file.line(of: key),
            key: key.description,
            problem: problem
        )
    }
}
