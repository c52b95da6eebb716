import DVSystem

/// Who a setting is for, which decides the file it lives in.
package enum ConfigOwner: Hashable, Sendable, CaseIterable {
    /// `config`: read by DVC as well.
    case dvc
    /// `config.dvswift`: options that DVC does not know, and would refuse.
    case dvswift

    /// The owner of an option.
    package static func of(_ key: ConfigKey) -> ConfigOwner {
        ConfigSchema.ownRule(key.section.kind, key.option) == nil ? .dvc : .dvswift
    }
}

/// A level of settings; each overrides those before it.
package enum ConfigLevel: Int, CaseIterable, Comparable, Sendable {
    case system, global, project, local

    package static func < (left: ConfigLevel, right: ConfigLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// Where the configuration files of each level are.
package struct ConfigLocations: Sendable {
    private let directories: [ConfigLevel: AbsolutePath]

    /// Follows DVC: `DVC_SYSTEM_CONFIG_DIR` and `DVC_GLOBAL_CONFIG_DIR`, else the XDG directories.
    ///
    /// - Parameters:
    ///   - environment: of the process.
    ///   - dvcDirectory: the `.dvc` folder of the project, if there is one.
    package init(environment: [String: String], dvcDirectory: AbsolutePath?) {
        func path(_ name: String) -> AbsolutePath? { environment[name].flatMap(AbsolutePath.init) }
        let site = (environment["XDG_CONFIG_DIRS"] ?? "").split(separator: ":")
            .compactMap { AbsolutePath(String($0)) }.first
        let user = path("XDG_CONFIG_HOME") ?? path("HOME")?.appending(".config")
        let system = site ?? AbsolutePath.root.appending("etc/xdg")
        var directories: [ConfigLevel: AbsolutePath] = [:]
        directories[.system] = path("DVC_SYSTEM_CONFIG_DIR") ?? system.appending("dvc")
        directories[.global] = path("DVC_GLOBAL_CONFIG_DIR") ?? user?.appending("dvc")
        directories[.project] = dvcDirectory
        directories[.local] = dvcDirectory
        self.directories = directories
    }

    /// The file of a level; nil outside of a project, or for a user without a home.
    package func file(_ level: ConfigLevel, _ owner: ConfigOwner = .dvc) -> AbsolutePath? {
        let name = owner == .dvc ? "config" : "config.dvswift"
        return directories[level]?.appending(level == .local ? name + ".local" : name)
    }

    /// Every file that may exist, in order of precedence: the last wins.
    package var all: [(level: ConfigLevel, owner: ConfigOwner, path: AbsolutePath)] {
        ConfigLevel.allCases.flatMap { level in
            ConfigOwner.allCases.compactMap { owner in
                file(level, owner).map { (level, owner, $0) }
            }
        }
    }
}
