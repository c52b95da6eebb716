import DVSystem

/// The settings of one remote as a client needs them: all levels merged, `remote://` followed, every value checked.
///
/// Options have the names of DVC's settings; to ask for one that no kind of remote has is a mistake of the caller.
package struct RemoteOptions: Hashable, Sendable {
    /// As settings call the remote; nil for an address that was given directly.
    package let name: String?
    /// An absolute path or an address; that of `remote://other/path` is the other's with the path below it.
    package let url: String
    /// The scheme of the address in lower case, `rclone` for `rclone:name:path`; nil for a path.
    package let scheme: String?
    /// The part of `rclone:name:path` that rclone takes.
    package var rcloneRemote: String? { ConfigSchema.rcloneRemote(of: url).map(String.init) }
    private let values: [String: ConfigValue]

    init(name: String?, url: String, values: [String: ConfigValue]) {
        self.name = name
        self.url = url
        scheme =
            ConfigSchema.rcloneRemote(of: url) == nil ? ConfigSchema.scheme(of: url) : "rclone"
        self.values = values
    }

    /// The same settings for another address of the same kind.
    package func at(_ url: String) -> RemoteOptions {
        RemoteOptions(name: name, url: url, values: values)
    }

    /// The text of an option; nil if it is not set.
    package func string(_ option: String) -> String? { value(option)?.text }

    /// True or false; nil if it is neither set nor given a default by DVC.
    package func flag(_ option: String) -> Bool? {
        value(option).map { $0.text == "true" }
            ?? ConfigSchema.defaultFlag(option, scheme: scheme)
    }

    package func integer(_ option: String) -> Int? { value(option).flatMap { Int($0.text) } }

    package func decimal(_ option: String) -> Double? { value(option).flatMap { Double($0.text) } }

    /// The items of an option with commas, such as `type`.
    package func list(_ option: String) -> [String]? { value(option)?.items }

    /// A file named by an option such as `keyfile`, resolved against the folder of the settings file that sets it.
    package func file(_ option: String) -> AbsolutePath? {
        value(option).flatMap { AbsolutePath($0.text) }
    }

    /// Which certificates of servers to trust: the option `ssl_verify`.
    package var certificates: CertificateTrust {
        guard let text = string("ssl_verify") else { return .system }
        switch text.lowercased() {
        case "true": return .system
        case "false": return .anything
        default: return .file(text)
        }
    }

    private func value(_ option: String) -> ConfigValue? {
        assert(ConfigSchema.remoteOptions.contains(option), "no remote has an option '\(option)'")
        return values[option]
    }
}

/// How a server proves who it is.
package enum CertificateTrust: Hashable, Sendable {
    /// By the authorities that the system trusts.
    case system
    /// Not at all.
    case anything
    /// By those in a file in PEM form; a relative path is meant from the working directory, as in DVC.
    case file(String)
}
