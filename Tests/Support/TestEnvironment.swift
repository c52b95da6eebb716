import DVSystem

/// What the programs of a test see of the machine: nothing of the user's settings, and a Git user of their own.
package struct TestEnvironment: Sendable {
    private let entries: [String]

    /// Settings, caches and state of all programs go below `home`, which is created.
    package init(home: AbsolutePath) throws {
        let gitSettings = home.appending("gitconfig")
        let folders = [
            ("HOME", home),
            ("XDG_CONFIG_HOME", home.appending("config")),
            ("XDG_CACHE_HOME", home.appending("cache")),
            ("XDG_DATA_HOME", home.appending("data")),
            ("XDG_STATE_HOME", home.appending("state")),
            ("DVC_GLOBAL_CONFIG_DIR", home.appending("dvc-global")),
            ("DVC_SYSTEM_CONFIG_DIR", home.appending("dvc-system")),
            ("DVC_SITE_CACHE_DIR", home.appending("dvc-site")),
        ]
        for (_, folder) in folders { try folder.makeDirectories() }
        try gitSettings.replaceContents(with: Array(Self.gitSettings.utf8))
        entries =
            Self.inherited + Self.fixed
            + (folders + [("GIT_CONFIG_GLOBAL", gitSettings)]).map { "\($0.0)=\($0.1)" }
    }

    /// `NAME=value` each, with `additions` last.
    package func entries(adding additions: [String: String] = [:]) -> [String] {
        entries.filter { entry in !additions.keys.contains { entry.hasPrefix($0 + "=") } }
            + additions.map { "\($0.key)=\($0.value)" }
    }

    private static let inherited: [String] = {
        let environment = ProcessEnvironment.current()
        return ["PATH", "LD_LIBRARY_PATH", "TMPDIR"].compactMap { name in
            environment[name].map { "\(name)=\($0)" }
        }
    }()

    private static let fixed = [
        "DVC_NO_ANALYTICS=1", "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C.UTF-8",
        "NO_COLOR=1", "TZ=UTC",
    ]

    private static let gitSettings = """
        [user]
            name = Test User
            email = user@example.com
        [init]
            defaultBranch = main
        [protocol "file"]
            allow = always

        """
}
