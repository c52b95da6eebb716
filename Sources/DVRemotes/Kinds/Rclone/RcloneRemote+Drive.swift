import DVFormats
import DVReporting
import DVSystem

extension RcloneRemote {
    /// `root` is the first part of the address: the identifier of a folder, `root`, or `appDataFolder`.
    mutating func setDrive(
        _ options: RemoteOptions,
        _ environment: [String: String],
        root: String
    ) throws {
        set("scope", root == "appDataFolder" ? "drive.appfolder" : "drive")
        if root != "root" { set("root_folder_id", root) }
        // DVC deletes for good unless told otherwise.
        set("use_trash", options.flag("gdrive_trash_only") == true ? "true" : "false")
        if options.flag("gdrive_acknowledge_abuse") == true { set("acknowledge_abuse", "true") }
        if options.flag("gdrive_use_service_account") == true {
            return try setServiceAccount(options, environment)
        }
        let user = try DriveUser(options, environment)
        set("client_id", user.clientID)
        set("client_secret", user.clientSecret)
        set("token", user.token)
    }

    private mutating func setServiceAccount(
        _ options: RemoteOptions,
        _ environment: [String: String]
    ) throws {
        set("impersonate", options.string("gdrive_service_account_user_email"))
        if let file = options.file("gdrive_service_account_json_file_path") {
            set("service_account_file", file.string)
        } else if let text = environment["GDRIVE_CREDENTIALS_DATA"] {
            set("service_account_credentials", text)
        } else {
            throw options.misconfigured("gdrive_service_account_json_file_path is not set")
        }
    }
}

/// The leave of a user to act for him, as DVC keeps it after he signed on in a browser.
private struct DriveUser {
    let clientID, clientSecret: String
    /// As rclone keeps it.
    let token: String

    init(_ options: RemoteOptions, _ environment: [String: String]) throws {
        guard let bytes = try Self.bytes(options, environment),
            let value = try? JSONParser.parse(bytes, file: "")
        else {
            throw options.misconfigured(
                "nobody has signed on to Google Drive yet: run `rclone config`, and use "
                    + "rclone:NAME:path, or sign on with DVC"
            )
        }
        func text(_ key: String) -> String? {
            if case .string(let text)? = value.value(atDottedKey: key) { text } else { nil }
        }
        guard let refresh = text("refresh_token"),
            let id = options.string("gdrive_client_id") ?? text("client_id"),
            let secret = options.string("gdrive_client_secret") ?? text("client_secret")
        else {
            throw options.misconfigured("the credentials of Google Drive hold no refresh_token")
        }
        clientID = id
        clientSecret = secret
        // One that has ended makes rclone ask for another.
        token =
            JSONValue.object([
                ("access_token", .string(text("access_token") ?? "ended")),
                ("token_type", .string("Bearer")), ("refresh_token", .string(refresh)),
                ("expiry", .string("2000-01-01T00:00:00Z")),
            ]).serialized()
    }

    /// From the variable, the file of the settings, or where DVC keeps it: by client, and by `profile`.
    private static func bytes(
        _ options: RemoteOptions,
        _ environment: [String: String]
    ) throws -> [UInt8]? {
        if let text = environment["GDRIVE_CREDENTIALS_DATA"] { return Array(text.utf8) }
        if let file = options.file("gdrive_user_credentials_file") {
            return try file.readBytesIfPresent()
        }
        let home = environment["HOME"].flatMap { AbsolutePath($0) }
        let cache =
            environment["XDG_CACHE_HOME"].flatMap { AbsolutePath($0) } ?? home?.appending(".cache")
        // The client that DVC brings along.
        let usual = "710796635688-iivsgbgsb6uv1fap6635dhvuei09o66c.apps.googleusercontent.com"
        let client = options.string("gdrive_client_id") ?? usual
        let name = (options.string("profile") ?? "default") + ".json"
        return try cache?.appending("pydrive2fs/\(client)/\(name)").readBytesIfPresent()
    }
}
