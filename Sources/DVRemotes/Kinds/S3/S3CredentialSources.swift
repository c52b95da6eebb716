import DVFormats
import DVSystem

/// Looks for credentials and a region where other programs for S3 look, in their order.
///
/// Source: "Configuration and credential file settings" of the AWS command line's guide.
struct S3CredentialSources {
    let options: RemoteOptions
    let environment: [String: String]

    /// Nil if there are none anywhere.
    func credentials() throws -> S3Credentials? {
        if let key = options.string("access_key_id"),
            let secret = options.string("secret_access_key")
        {
            return S3Credentials(
                keyID: key,
                secret: secret,
                sessionToken: options.string("session_token")
            )
        }
        // A profile that was chosen for this remote comes before what is meant for all.
        if options.string("profile") == nil, let found = ofEnvironment { return found }
        let sections = try [profileSection(of: credentialsFile), profileSection(of: configFile)]
        for section in sections.compactMap(\.self) {
            if let found = Self.credentials(in: section) { return found }
        }
        if options.string("profile") != nil || environment["AWS_PROFILE"] != nil {
            throw StorageError(
                .misconfigured("the profile '\(profile)' has no access key"),
                at: options.url
            )
        }
        return nil
    }

    func region() throws -> String? {
        if let region = options.string("region") { return region }
        if let region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] {
            return region
        }
        return try profileSection(of: configFile)?["region"]
    }

    /// What the profile says about another service's address.
    func endpoint() throws -> String? {
        if let endpoint = options.string("endpointurl") { return endpoint }
        if let endpoint = environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"] {
            return endpoint
        }
        return try profileSection(of: configFile)?["endpoint_url"]
    }

    private var ofEnvironment: S3Credentials? {
        guard let key = environment["AWS_ACCESS_KEY_ID"],
            let secret = environment["AWS_SECRET_ACCESS_KEY"]
        else { return nil }
        return S3Credentials(
            keyID: key,
            secret: secret,
            sessionToken: environment["AWS_SESSION_TOKEN"]
        )
    }

    private static func credentials(in section: [String: String]) -> S3Credentials? {
        guard let key = section["aws_access_key_id"], let secret = section["aws_secret_access_key"]
        else { return nil }
        return S3Credentials(keyID: key, secret: secret, sessionToken: section["aws_session_token"])
    }

    private var profile: String {
        options.string("profile") ?? environment["AWS_PROFILE"] ?? "default"
    }

    private var credentialsFile: AbsolutePath? {
        options.file("credentialpath")
            ?? environment["AWS_SHARED_CREDENTIALS_FILE"].flatMap { AbsolutePath($0) }
            ?? home?.appending(".aws/credentials")
    }

    private var configFile: AbsolutePath? {
        options.file("configpath") ?? environment["AWS_CONFIG_FILE"].flatMap { AbsolutePath($0) }
            ?? home?.appending(".aws/config")
    }

    private var home: AbsolutePath? { environment["HOME"].flatMap { AbsolutePath($0) } }

    private func profileSection(of file: AbsolutePath?) throws -> [String: String]? {
        guard let bytes = try file?.readBytesIfPresent() else { return nil }
        let sections = ProfileFile.parse(String(decoding: bytes, as: UTF8.self))
        return sections[profile] ?? sections["profile \(profile)"]
    }
}

/// The files `credentials` and `config` of the AWS tools: sections of options; indented lines belong to nested ones.
enum ProfileFile {
    static func parse(_ text: String) -> [String: [String: String]] {
        var sections: [String: [String: String]] = [:]
        var current: String?
        for line in text.split(whereSeparator: \.isNewline) {
            guard let first = line.first, !first.isWhitespace, first != "#", first != ";" else {
                continue
            }
            if first == "[" {
                current = line.dropFirst().prefix { $0 != "]" }.trimmedOfSpace
            } else if let current, let equals = line.firstIndex(of: "=") {
                let option = line[..<equals].trimmedOfSpace.lowercased()
                sections[current, default: [:]][option] =
                    line[line.index(after: equals)...].trimmedOfSpace
            }
        }
        return sections
    }
}
