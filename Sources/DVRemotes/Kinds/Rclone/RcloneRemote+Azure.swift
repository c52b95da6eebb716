import DVFormats

extension RcloneRemote {
    /// Settings come before the variables that DVC reads; without either, what the machine or the Azure tools offer.
    mutating func setAzure(
        _ options: RemoteOptions,
        _ environment: [String: String],
        container: String
    ) throws {
        func value(_ option: String) -> String? {
            options.string(option) ?? environment["AZURE_STORAGE_\(option.uppercased())"]
        }
        setTimeLimits(options)
        set("no_check_container", "true")
        let connection = AzureConnection(value("connection_string") ?? "")
        let signature = value("sas_token") ?? connection["SharedAccessSignature"]
        if connection["UseDevelopmentStorage"]?.lowercased() == "true" {
            return set("use_emulator", "true")
        }
        guard let account = value("account_name") ?? connection["AccountName"] else {
            throw options.misconfigured("neither account_name nor connection_string is set")
        }
        set("account", account)
        let service = connection.endpoint(of: account)
        if let service { set("endpoint", service) }
        if let key = value("account_key") ?? connection["AccountKey"] {
            set("key", key)
        } else if let signature {
            let root = service ?? "https://\(account).blob.core.windows.net"
            let query = signature.hasPrefix("?") ? String(signature.dropFirst()) : signature
            set("sas_url", "\(root)/\(container)?\(query)")
        } else if let secret = value("client_secret") {
            set("tenant", value("tenant_id"))
            set("client_id", value("client_id"))
            set("client_secret", secret)
        } else if options.flag("allow_anonymous_login") != true {
            setSignOn(options, environment)
        }
    }

    /// What the machine offers, without what the settings exclude; rclone knows nothing of the other two ways that they name.
    private mutating func setSignOn(_ options: RemoteOptions, _ environment: [String: String]) {
        let isExcluded = options.flag("exclude_environment_credential") == true
        if isExcluded {
            Self.signOnVariables.forEach { hide(variable: $0) }
        }
        let isInEnvironment = !isExcluded && environment["AZURE_CLIENT_ID"] != nil
        let isManaged = options.flag("exclude_managed_identity_credential") != true
        // The Azure tools are what is left.
        set(isManaged || isInEnvironment ? "env_auth" : "use_az", "true")
    }

    private static let signOnVariables = [
        "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_TENANT_ID", "AZURE_USERNAME",
        "AZURE_PASSWORD", "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_CLIENT_CERTIFICATE_PASSWORD",
    ]

    private mutating func setTimeLimits(_ options: RemoteOptions) {
        let limits = [
            ("RCLONE_TIMEOUT", options.integer("read_timeout") ?? options.integer("timeout")),
            ("RCLONE_CONTIMEOUT", options.integer("connection_timeout")),
        ]
        for case (let name, let seconds?) in limits { set(variable: name, "\(seconds)s") }
    }
}

/// A connection string as Azure's portal gives it: `Name=value;…`.
private struct AzureConnection {
    private var parts: [String: String] = [:]

    init(_ text: String) {
        for part in text.split(separator: ";") {
            guard let equals = part.firstIndex(of: "=") else { continue }
            parts[String(part[..<equals])] = String(part[part.index(after: equals)...])
        }
    }

    subscript(name: String) -> String? { parts[name] }

    /// Of the service for blobs, where it is not the usual one.
    func endpoint(of account: String) -> String? {
        if let endpoint = parts["BlobEndpoint"] {
            return endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        }
        guard let suffix = parts["EndpointSuffix"], suffix != "core.windows.net" else {
            return nil
        }
        return "\(parts["DefaultEndpointsProtocol"] ?? "https")://\(account).blob.\(suffix)"
    }
}
