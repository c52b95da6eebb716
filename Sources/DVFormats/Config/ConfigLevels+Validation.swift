extension ConfigLevels {
    /// Checks every section, option and ruling value as DVC does, naming the file and line of the first that is wrong.
    package func validate() throws(FormatError) {
        for section in sections { try validate(section) }
        let hydra = ConfigSection.plain("hydra")
        if let module = entry(ConfigKey(hydra, "config_module")),
            entry(ConfigKey(hydra, "config_dir")) != nil
        {
            throw error(module.key, "only one of config_dir and config_module may be set")
        }
    }

    /// What an option's value must be; nil if there is no such option.
    func rule(for key: ConfigKey) -> ConfigRule? {
        if let rule = ConfigSchema.ownRule(key.section.kind, key.option) { return rule }
        return rules(of: key.section)?[key.option]
    }

    private func validate(_ section: ConfigSection) throws(FormatError) {
        // Any option of an experimental feature is accepted and ignored.
        if section == .plain("feature") { return }
        let isOfNamedKind = ConfigSection.namedKinds.contains(section.kind)
        let isKnown =
            isOfNamedKind == (section.name != nil)
            && ConfigSchema.sections.contains(section.kind)
        guard isKnown else { throw unknownSection(section) }
        let options = options(in: section)
        if section.kind == "remote",
            sources.contains(where: { $0.owner == .dvc && $0.file.hasSection(section) })
        {
            try validateAddress(of: section)
        }
        for option in options { try validate(ConfigKey(section, option)) }
    }

    private func validate(_ key: ConfigKey) throws(FormatError) {
        let isOwn = ConfigSchema.ownRule(key.section.kind, key.option) != nil
        let owner: ConfigOwner = isOwn ? .dvswift : .dvc
        if let misplaced = sources.last(where: { $0.file[key] != nil && $0.owner != owner }) {
            throw FormatError(
                file: misplaced.file.file,
                line: misplaced.file.line(of: key),
                key: key.description,
                problem: owner == .dvswift
                    ? "option of dvswift, which DVC refuses: belongs in 'config.dvswift' beside it"
                    : "not an option of dvswift: belongs in 'config' beside it"
            )
        }
        if let rules = rules(of: key.section), !isOwn, rules[key.option] == nil {
            if isReference(key.section) { return }
            throw unknownOption(
                key,
                among: Array(rules.keys) + ConfigSchema.ownOptions(key.section.kind)
            )
        }
        guard let value = entry(key)?.value, let rule = rule(for: key) else { return }
        if let problem = rule.problem(with: value) { throw error(key, problem) }
    }

    private func validateAddress(of section: ConfigSection) throws(FormatError) {
        let key = ConfigKey(section, "url")
        guard let url = entry(key)?.value.text else {
            let source = sources.last { $0.file.hasSection(section) }
            throw FormatError(
                file: source?.file.file ?? "config",
                line: source?.file.line(of: section),
                key: section.text,
                problem: "expected 'url'"
            )
        }
        if ConfigSchema.remote(url: url) == nil {
            throw error(key, "Unsupported URL type \(ConfigSchema.scheme(of: url) ?? "")://")
        }
    }

    /// Nil where any option goes.
    private func rules(of section: ConfigSection) -> [String: ConfigRule]? {
        switch section.kind {
        case "remote":
            let url = sources.last { $0.file[ConfigKey(section, "url")] != nil }?
                .file[ConfigKey(section, "url")]
            return url.flatMap { ConfigSchema.remote(url: $0.text) }
        case "machine": return ConfigSchema.machine
        case "db": return ConfigSchema.database
        default: return ConfigSchema.plain[section.kind]
        }
    }

    /// Whether a remote's address is that of another remote, whose options it then takes.
    private func isReference(_ section: ConfigSection) -> Bool {
        entry(ConfigKey(section, "url")).map { ConfigSchema.scheme(of: $0.value.text) == "remote" }
            ?? false
    }

    private func unknownSection(_ section: ConfigSection) -> FormatError {
        let source = sources.last { $0.file.hasSection(section) }
        let near = Spelling.nearest(to: section.kind, among: ConfigSchema.sections)
        let hint = near.map { "; did you mean '\($0)'?" } ?? ""
        return FormatError(
            file: source?.file.file ?? "config",
            line: source?.file.line(of: section),
            key: section.text,
            problem: "extra keys not allowed: no section '\(section.header)'\(hint)"
        )
    }

    func unknownOption(_ key: ConfigKey, among known: [String]) -> FormatError {
        let near = Spelling.nearest(to: key.option, among: known)
        let hint = near.map { "; did you mean '\($0)'?" } ?? ""
        return error(key, "extra keys not allowed: no option '\(key.option)'\(hint)")
    }
}
