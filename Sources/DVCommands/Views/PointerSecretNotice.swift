import DVFormats
import DVReporting

/// Secrets that an import records in its pointer, as DVC does.
struct PointerSecretNotice {
    private let lines: [String]

    init(of origin: OriginOptions) {
        let settings = origin.settings.repository
        let secrets = settings.remoteConfig.map { $0.prefix { $0 != "=" } }.filter {
            ConfigKey(.remote(""), String($0)).isSecret
        }
        var lines = secrets.map {
            "'\($0)' is a secret. Leave it out, and give it in a file outside of the repository: --config <file>"
        }
        if origin.url.withoutPasswords != origin.url {
            lines.append(
                "The address holds a password. Leave it out: Git's credential helpers are asked for it."
            )
        }
        self.lines = lines
    }

    /// Of an import of `url` with these options of its storage.
    init(of url: String, _ options: [StorageOption]) {
        var lines = options.filter(\.isSecret).map {
            "'\($0.name)' is a secret. Leave it out: set it for a remote with dvswift remote modify --local, and import remote://<name>/<path>"
        }
        if url.withoutPasswords != url {
            lines.append(
                "The address holds a password. Leave it out: set it for a remote with dvswift remote modify --local, and import remote://<name>/<path>"
            )
        }
        self.lines = lines
    }

    func show(on reporter: any Reporter) {
        for line in lines {
            reporter.report(
                .warning("the pointer is for everybody who has the repository. \(line)")
            )
        }
    }
}
