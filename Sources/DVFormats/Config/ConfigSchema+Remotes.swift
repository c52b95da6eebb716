extension ConfigSchema {
    /// The options of a remote with this address; nil if DVC knows no such kind.
    static func remote(url: String) -> [String: ConfigRule]? {
        guard let scheme = scheme(of: url) else {
            return localLinks.merging(commonToRemotes) { $1 }
        }
        // Takes the options of the remote it refers to, so any.
        if scheme == "remote" { return [:] }
        return remotes[scheme].map { $0.merging(commonToRemotes) { $1 } }
    }

    /// The scheme of an address that names a host (or bucket); nil for paths.
    static func scheme(of url: String) -> String? {
        guard let separator = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<separator.lowerBound]
        let host = url[separator.upperBound...].prefix { !"/?#".contains($0) }
        let isScheme =
            scheme.first?.isLetter == true
            && scheme.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0))
            }
        return isScheme && !host.isEmpty ? scheme.lowercased() : nil
    }

    /// What rclone takes of `rclone:name:path`, an address of dvswift's own; nil for all others.
    static func rcloneRemote(of url: String) -> Substring? {
        guard url.hasPrefix("rclone:") else { return nil }
        let remote = url.dropFirst("rclone:".count)
        // A path that happens to start with the word has no second colon.
        return remote.dropFirst().contains(":") && !remote.hasPrefix("/") ? remote : nil
    }

    /// The options that some kind of remote has, dvswift's own included; sorted.
    package static let remoteOptions: [String] = {
        let ofKinds = remotes.values.flatMap(\.keys)
        let all = ofKinds + commonToRemotes.keys + localLinks.keys + ownOptions("remote")
        return Set(all).sorted()
    }()

    /// What DVC takes a flag for that is not set; nil where it leaves that to the client.
    static func defaultFlag(_ option: String, scheme: String?) -> Bool? {
        switch option {
        case "use_ssl": scheme == "s3" ? true : nil
        case "slow_link_warning": scheme == nil ? true : nil
        case "verify": scheme == "oss" || scheme == "gdrive"
        case "allow_anonymous_login": scheme == "s3" || scheme == "gs" ? false : nil
        case "listobjects", "gdrive_trash_only", "gdrive_acknowledge_abuse": false
        default: nil
        }
    }

    private static let commonToRemotes: [String: ConfigRule] = [
        "url": .text, "checksum_jobs": .positive, "jobs": .positive, "worktree": .bool,
        "no_traverse": .bool, "version_aware": .bool,
    ]

    /// By scheme.
    private static let remotes: [String: [String: ConfigRule]] = [
        "s3": [
            "region": .text, "profile": .text, "credentialpath": .text, "configpath": .text,
            "endpointurl": .text, "access_key_id": .text, "secret_access_key": .text,
            "session_token": .text, "listobjects": .bool, "use_ssl": .bool,
            "allow_anonymous_login": .bool, "ssl_verify": .boolOrText, "sse": .text,
            "sse_kms_key_id": .text, "sse_customer_algorithm": .text, "sse_customer_key": .text,
            "acl": .text, "grant_read": .text, "grant_read_acp": .text, "grant_write_acp": .text,
            "grant_full_control": .text, "cache_regions": .refused, "read_timeout": .number,
            "connect_timeout": .number, "verify": .bool,
        ],
        "gs": [
            "projectname": .text, "credentialpath": .text, "endpointurl": .text, "verify": .bool,
            "allow_anonymous_login": .bool,
        ],
        "ssh": [
            "type": .linkTypes, "port": .number, "user": .text, "password": .text,
            "ask_password": .bool, "passphrase": .text, "ask_passphrase": .bool,
            "keyfile": .text, "timeout": .number, "gss_auth": .bool, "allow_agent": .bool,
            "max_sessions": .number, "verify": .bool,
        ],
        "hdfs": ["user": .text, "kerb_ticket": .text, "replication": .refused],
        "webhdfs": [
            "kerberos": .bool, "kerberos_principal": .text, "proxy_to": .text,
            "ssl_verify": .boolOrText, "token": .text, "use_https": .bool, "user": .text,
            "password": .text, "data_proxy_target": .text, "verify": .bool,
        ],
        "azure": [
            "connection_string": .text, "sas_token": .text, "account_name": .text,
            "account_key": .text, "tenant_id": .text, "client_id": .text, "client_secret": .text,
            "allow_anonymous_login": .bool, "exclude_environment_credential": .bool,
            "exclude_visual_studio_code_credential": .bool,
            "exclude_shared_token_cache_credential": .bool,
            "exclude_managed_identity_credential": .bool, "verify": .bool, "timeout": .number,
            "read_timeout": .number, "connection_timeout": .number,
        ],
        "oss": [
            "oss_key_id": .text, "oss_key_secret": .text, "oss_endpoint": .text, "verify": .bool,
        ],
        "gdrive": [
            "profile": .text, "gdrive_use_service_account": .bool, "gdrive_client_id": .text,
            "gdrive_client_secret": .text, "gdrive_user_credentials_file": .text,
            "gdrive_service_account_user_email": .text,
            "gdrive_service_account_json_file_path": .text, "gdrive_trash_only": .bool,
            "gdrive_acknowledge_abuse": .bool, "verify": .bool,
        ],
        "http": http, "https": http, "webdav": webdav, "webdavs": webdav,
    ]

    private static let http: [String: ConfigRule] = [
        "auth": .choice(["basic", "digest", "custom"]), "custom_auth_header": .text,
        "user": .text, "password": .text, "ask_password": .bool, "ssl_verify": .boolOrText,
        "method": .text, "connect_timeout": .decimal(least: 0),
        "read_timeout": .decimal(least: 0), "verify": .bool,
    ]

    private static let webdav: [String: ConfigRule] = [
        "user": .text, "password": .text, "ask_password": .bool, "token": .text,
        "bearer_token_command": .text, "custom_auth_header": .text, "cert_path": .text,
        "key_path": .text, "timeout": .number, "ssl_verify": .boolOrText, "verify": .bool,
    ]
}
