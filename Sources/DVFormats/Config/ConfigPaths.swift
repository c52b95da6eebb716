import DVSystem
import SystemPackage

/// Paths in configuration files: written relative to the folder of their file.
package enum ConfigPaths {
    /// Whether an option holds a path or address.
    package static func isPath(_ key: ConfigKey) -> Bool {
        switch key.section.kind {
        case "cache": key.option == "dir"
        case "remote": remoteOptions.contains(key.option)
        case "machine": ["startup_script", "setup_script"].contains(key.option)
        default: false
        }
    }

    private static let remoteOptions: Set = [
        "url", "gdrive_user_credentials_file", "gdrive_service_account_json_file_path",
        "credentialpath", "configpath", "keyfile", "cert_path", "key_path",
    ]

    /// The meaning of a value read from a file: addresses as they are, paths absolute.
    package static func resolve(
        _ value: String,
        configDirectory: AbsolutePath,
        home: String?
    ) -> String {
        if isAddress(value) || value.hasPrefix("/") { return value }
        if let expanded = expandingHome(value, home) { return expanded }
        return AbsolutePath(value, relativeTo: configDirectory).string
    }

    /// What to write for a value that a user gave: a relative path, which the user means from the working directory, is
    /// written from the folder of the file; anything else stays.
    package static func store(
        _ value: String,
        workingDirectory: AbsolutePath,
        configDirectory: AbsolutePath,
        home: String?
    ) -> String {
        if isAddress(value) || value.hasPrefix("/") || expandingHome(value, home) != nil {
            return value
        }
        return AbsolutePath(value, relativeTo: workingDirectory).climbing(from: configDirectory)
    }

    /// Whether a value starts as `word://` does, or as `rclone:name:path`.
    private static func isAddress(_ value: String) -> Bool {
        if ConfigSchema.rcloneRemote(of: value) != nil { return true }
        let word = value.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return !word.isEmpty && value.dropFirst(word.count).hasPrefix("://")
    }

    /// Nil unless the value starts with the home folder's sign.
    ///
    /// Other users' homes are not looked up.
    private static func expandingHome(_ value: String, _ home: String?) -> String? {
        guard let home, value == "~" || value.hasPrefix("~/") else { return nil }
        var folder = home[...]
        while folder.hasSuffix("/") { folder = folder.dropLast() }
        let path = folder + value.dropFirst()
        return path.isEmpty ? "/" : String(path)
    }
}
