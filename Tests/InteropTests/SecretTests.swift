import DVSystem
import DVTestSupport
import Testing

/// Nothing that is a secret is shown: not by commands that work, not by those that fail, not in the list of processes.
@Suite struct SecretTests {
    enum Kind: String, CaseIterable { case s3, webDAV, http, ssh, oss, azure }

    /// In every value that is a secret and proves nothing.
    private static let mark = "HUSH"

    private struct Settings {
        let url: String
        var options: [String: String] = [:]
        /// With them the remote works, or as far as the server is real.
        var secrets: [String: String] = [:]
        var wrong: [String: String] = [:]
    }

    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.write("one\n", to: "data")
        try project.run(.dvswift, "add", "data")
        try project.write(try SSHServer.shared.get().knownHosts.readBytes(), to: "../known_hosts")
        for name in ["ssh", "rclone"] {
            let program = name == "ssh" ? "/usr/bin/ssh" : try Tool.rclone.program
            let script =
                "#!/bin/sh\nprintf '%s\\n' \"\(name) $*\" >>'\(log)'\nexec '\(program)' \"$@\"\n"
            try project.write(script, to: "../bin/\(name)")
            try project.path("../bin/\(name)").setPermissions(0o755)
        }
    }

    /// What the programs that were started had as arguments.
    private var log: AbsolutePath { project.surroundings.appending("started") }

    private func settings(_ kind: Kind) throws -> Settings {
        switch kind {
        case .s3, .oss: return try settingsOfBucket(kind)
        case .webDAV:
            let server = try WebDAVServer.shared.get()
            return Settings(
                url: server.headerURL.replacing("http", with: "webdav", maxReplacements: 1)
                    + project.surroundings.string,
                options: ["custom_auth_header": "X-Access"],
                secrets: ["password": server.token],
                wrong: ["password": Self.mark, "token": Self.mark]
            )
        case .http:
            let server = try LoginServer.shared.get()
            return Settings(
                url: server.url("digest") + project.surroundings.string,
                options: ["method": "PUT", "auth": "digest", "user": server.user],
                secrets: ["password": server.password],
                wrong: ["password": Self.mark]
            )
        case .ssh:
            let server = try SSHServer.shared.get()
            return Settings(
                url: server.url + project.surroundings.string + "/far",
                options: ["keyfile": server.lockedKey.string, "allow_agent": "false"],
                secrets: ["passphrase": SSHServer.passphrase],
                wrong: ["passphrase": Self.mark, "password": Self.mark]
            )
        case .azure:
            let endpoint = try LoginServer.shared.get().url("basic")
            let start = "BlobEndpoint=\(endpoint);AccountName=me;"
            return Settings(
                url: "azure://container/data",
                secrets: [
                    "connection_string": start + "SharedAccessSignature=sv=1&sig=\(Self.mark)"
                ],
                wrong: ["connection_string": start + "AccountKey=\(Self.mark)"]
            )
        }
    }

    private func settingsOfBucket(_ kind: Kind) throws -> Settings {
        let account = try CephGateway.shared.get().account
        let bucket = try account.makeBucket()
        let isOSS = kind == .oss
        return Settings(
            url: "\(kind)://\(bucket)/data",
            options: [(isOSS ? "oss_endpoint" : "endpointurl"): account.endpoint],
            secrets: isOSS
                ? ["oss_key_id": account.accessKey, "oss_key_secret": account.secretKey]
                : ["access_key_id": account.accessKey, "secret_access_key": account.secretKey],
            wrong: isOSS
                ? ["oss_key_secret": Self.mark]
                : ["secret_access_key": Self.mark, "session_token": Self.mark]
        )
    }

    @Test(arguments: Kind.allCases)
    func `secrets are shown nowhere`(kind: Kind) throws {
        let settings = try settings(kind)
        try project.run(.dvswift, "remote", "add", "--default", "far", settings.url)
        try set(settings.options.merging(settings.secrets) { $1 })
        var said = ""
        let works = try run(["push", "-vv"], &said)
        #expect(works == (kind != .azure), "\(said)")
        _ = try run(["pull", "-vv"], &said)
        _ = try run(["status", "-c", "-vv"], &said)
        try set(settings.wrong)
        for command in [["push", "-vv"], ["get-url", "remote://far/x", "y", "-vv"]] {
            #expect(try !run(command, &said), "\(said)")
        }
        for command in [["config", "--list"], ["remote", "list"], ["doctor"]] {
            _ = try run(command, &said)
        }
        said += String(decoding: try log.readBytesIfPresent() ?? [], as: UTF8.self)
        let secrets = settings.secrets.filter { !$0.key.hasSuffix("key_id") }.values
        for secret in Array(secrets) + [Self.mark] {
            #expect(!said.contains(secret), "\(secret) in \(said)")
        }
        try expectNotKept()
    }

    private func set(_ options: [String: String]) throws {
        for (name, value) in options.sorted(by: { $0.key < $1.key }) {
            try project.run(.dvswift, "remote", "modify", "--local", "far", name, value)
        }
    }

    /// Whether the command succeeded; what it wrote is added to `said`.
    private func run(_ arguments: [String], _ said: inout String) throws -> Bool {
        let known = project.surroundings.appending("known_hosts")
        let programs = project.surroundings.appending("bin")
        let result = try project.attempt(
            ["setsid", "--wait", Tool.dvswift.program] + arguments,
            adding: [
                "PATH": "\(programs):/usr/bin:/bin", "RCLONE_CONFIG": "/dev/null",
                "GIT_SSH_COMMAND":
                    "'\(programs)/ssh' -F none -o UserKnownHostsFile='\(known)' -o GlobalKnownHostsFile=none",
            ]
        )
        said += "$ \(arguments)\n" + result.output + result.errors
        return result.reason.isSuccess
    }

    /// Only the settings that Git ignores hold them.
    private func expectNotKept() throws {
        let found = try project.attempt(
            ["grep", "-rl", Self.mark, ".", "../home", "--exclude=config.local"]
        )
        #expect(found.output == "")
    }
}
