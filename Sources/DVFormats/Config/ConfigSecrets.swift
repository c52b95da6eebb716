extension ConfigKey {
    /// Whether the value of the option lets whoever reads it act as somebody else.
    ///
    /// Names of accounts and of keys (`access_key_id`, `client_id`, …) are none, and neither are paths of files with keys.
    package var isSecret: Bool {
        switch section.kind {
        case "remote": Self.secretsOfRemotes.contains(option)
        case "db": option == "password"
        case "studio": option == "token"
        default: false
        }
    }

    /// The one list of options of remotes that are secrets.
    private static let secretsOfRemotes: Set = [
        // http, webdav, ssh, webhdfs
        "password", "passphrase", "token",
        // s3
        "secret_access_key", "session_token", "sse_customer_key",
        // azure; a connection string holds the account's key
        "account_key", "client_secret", "connection_string", "sas_token",
        // oss, gdrive
        "oss_key_secret", "gdrive_client_secret",
    ]
}

extension ConfigLevel {
    /// Whether the files of this level are committed to Git, for everybody to read who has the repository.
    package var isShared: Bool { self == .project }
}
