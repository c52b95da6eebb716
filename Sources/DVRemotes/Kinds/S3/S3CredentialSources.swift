import DVFormats
import DVSystem

/// Looks for credentials, a region and an address where other programs for S3 look, in the order of botocore, which DVC uses.
struct S3CredentialSources {
    private let options: RemoteOptions
    private let environment: [String: String]
    private let http: HTTPOptions
    private let profiles: AWSProfiles
    private let profile: String

    /// Throws if the profile that is asked for is not there.
    init(_ options: RemoteOptions, environment: [String: String], http: HTTPOptions) throws {
        self.options = options
        self.environment = environment
        self.http = http
        let home = environment["HOME"].flatMap { AbsolutePath($0) }
        func file(_ variable: String, _ option: String, _ usual: String) -> AbsolutePath? {
            // As in DVC, the environment comes before the settings here.
            environment[variable].flatMap { AbsolutePath($0) } ?? options.file(option)
                ?? home?.appending(usual)
        }
        profiles = try AWSProfiles(
            credentials: file("AWS_SHARED_CREDENTIALS_FILE", "credentialpath", ".aws/credentials"),
            config: file("AWS_CONFIG_FILE", "configpath", ".aws/config")
        )
        let chosen = options.string("profile") ?? environment["AWS_PROFILE"]
        profile = chosen ?? "default"
        if let chosen, !profiles.has(chosen) {
            throw options.misconfigured("there is no profile '\(chosen)' in the files of AWS")
        }
    }

    var region: String? {
        options.string("region") ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"]
            ?? profiles.option("region", of: profile)
    }

    /// Another service's address.
    var endpoint: String? {
        options.string("endpointurl") ?? environment["AWS_ENDPOINT_URL_S3"]
            ?? environment["AWS_ENDPOINT_URL"] ?? profiles.option("endpoint_url", of: profile)
    }

    /// Whether the profile wants the bucket in the host's name; nil if it does not care.
    var isVirtualHosted: Bool? {
        switch profiles.option("s3.addressing_style", of: profile) {
        case "virtual": true
        case "path": false
        default: nil
        }
    }

    /// Nil if there are none anywhere.
    func credentials() throws -> S3Credentials? {
        if let given = try ofSettings() { return given }
        // A profile that was chosen for this remote comes before what is meant for all.
        let isChosen = options.string("profile") != nil
        if !isChosen, let found = try ofEnvironment() { return found }
        if let found = try ofRole(profile, from: []) { return found }
        if !isChosen, let role = environment["AWS_ROLE_ARN"],
            let file = environment["AWS_WEB_IDENTITY_TOKEN_FILE"]
        {
            return try tokens.assume(Role(role, environment), webIdentity: text(of: file))
        }
        return try ofProfile(profile)
            ?? CredentialService(environment: environment, http: http).credentials()
    }

    private func ofSettings() throws -> S3Credentials? {
        switch (options.string("access_key_id"), options.string("secret_access_key")) {
        case (nil, nil): return nil
        case (let key?, let secret?):
            let token = options.string("session_token")
            return S3Credentials(keyID: key, secret: secret, sessionToken: token)
        case (_, nil):
            throw options.misconfigured("access_key_id is set and secret_access_key is not")
        case (nil, _):
            throw options.misconfigured("secret_access_key is set and access_key_id is not")
        }
    }

    private func ofEnvironment() throws -> S3Credentials? {
        guard let key = environment["AWS_ACCESS_KEY_ID"] else { return nil }
        guard let secret = environment["AWS_SECRET_ACCESS_KEY"] else {
            throw options.misconfigured(
                "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not"
            )
        }
        let token = environment["AWS_SESSION_TOKEN"] ?? environment["AWS_SECURITY_TOKEN"]
        return S3Credentials(keyID: key, secret: secret, sessionToken: token)
    }

    private func text(of file: String) throws -> String {
        guard let path = AbsolutePath(file), let bytes = try path.readBytesIfPresent() else {
            throw options.misconfigured("the file '\(file)' with a web identity is not there")
        }
        return String(decoding: bytes, as: UTF8.self).trimmedOfSpace
    }
}

/// What a profile says.
extension S3CredentialSources {
    /// Keys in the files, and commands that give some.
    private func ofProfile(_ name: String) throws -> S3Credentials? {
        if let found = profiles.keys(of: name, in: .credentials) { return found }
        if let command = profiles.option("credential_process", of: name) {
            let answer = try TokenCommand(command, option: "credential_process")
                .output(environment: environment)
            guard let found = S3Credentials(json: answer) else {
                throw options.misconfigured(
                    "credential_process of the profile '\(name)' gives no credentials"
                )
            }
            return found
        }
        if let found = profiles.keys(of: name, in: .config) { return found }
        let signOn = ["sso_session", "sso_start_url", "login_session"]
        if signOn.contains(where: { profiles.option($0, of: name) != nil }) {
            throw options.misconfigured(
                "the profile '\(name)' signs on in a browser; give its profile the option "
                    + "credential_process = aws configure export-credentials --profile \(name)"
            )
        }
        return nil
    }

    /// Those of a role that the profile takes on; nil if it takes none.
    private func ofRole(_ name: String, from chain: [String]) throws -> S3Credentials? {
        guard let arn = profiles.option("role_arn", of: name) else { return nil }
        func option(_ option: String) -> String? { profiles.option(option, of: name) }
        var role = Role(arn, environment)
        role.session = option("role_session_name") ?? role.session
        role.externalID = option("external_id")
        role.seconds = option("duration_seconds")
        if let file = option("web_identity_token_file") {
            return try tokens.assume(role, webIdentity: text(of: file))
        }
        if option("mfa_serial") != nil {
            throw options.misconfigured(
                "the profile '\(name)' asks for a code of a device; sign on with the AWS tools and "
                    + "use what they give: aws configure export-credentials --profile \(name)"
            )
        }
        let source = try sourceCredentials(of: name, from: chain)
        guard let source else {
            throw options.misconfigured(
                "the profile '\(name)' takes on a role, and its source has no credentials"
            )
        }
        return try tokens.assume(role, as: source)
    }

    /// Who takes on the role of a profile.
    private func sourceCredentials(of name: String, from chain: [String]) throws -> S3Credentials? {
        if let source = profiles.option("source_profile", of: name) {
            // A profile may name itself, for keys of its own.
            if source == name { return try ofProfile(name) }
            guard !chain.contains(source), profiles.has(source) else {
                throw options.misconfigured(
                    "source_profile '\(source)' of '\(name)' leads nowhere"
                )
            }
            return try ofRole(source, from: chain + [name]) ?? ofProfile(source)
        }
        switch profiles.option("credential_source", of: name) {
        case "Environment": return try ofEnvironment()
        case "EcsContainer", "Ec2InstanceMetadata":
            return try CredentialService(environment: environment, http: http).credentials()
        default: return nil
        }
    }

    private typealias Role = SecurityTokenService.Role

    private var tokens: SecurityTokenService {
        SecurityTokenService(region: region, environment: environment, http: http)
    }
}
