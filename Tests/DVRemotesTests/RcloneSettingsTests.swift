import DVSystem
import DVTestSupport
import Testing

@testable import DVFormats
@testable import DVRemotes

/// What the settings of DVC's kinds become for rclone.
@Suite struct RcloneSettingsTests {
    private let home: TemporaryDirectory

    init() throws { home = try TemporaryDirectory() }

    private func remote(
        _ url: String,
        _ settings: [String: String],
        _ environment: [String: String] = [:]
    ) throws -> RcloneRemote {
        let options = try ConfigLevels(sources: []).remoteOptions(
            url: url,
            adding: settings.map { StorageOption(name: $0.key, value: $0.value) },
            home: home.path.string
        )
        let variables = ["HOME": home.path.string].merging(environment) { $1 }
        return try #require(try RcloneRemote(options, environment: variables))
    }

    /// By the names that rclone's own help has.
    private func made(_ remote: RcloneRemote) -> [String: String] {
        let start = "RCLONE_CONFIG_DVSWIFT_"
        let pairs = remote.variables.map { name, value in
            (name.hasPrefix(start) ? name.dropFirst(start.count).lowercased() : name, value)
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    @Test(arguments: RcloneSettingsCase.all)
    func `settings of DVC become those of rclone`(example: RcloneSettingsCase) throws {
        let remote = try remote(example.url, example.settings, example.environment)
        #expect(remote.name == example.name)
        var made = made(remote)
        #expect(made.removeValue(forKey: "type") != nil)
        for guarding in ["no_check_bucket", "no_check_container"] {
            #expect(made.removeValue(forKey: guarding) ?? "true" == "true")
        }
        #expect(made.mapValues(Self.withoutSpace) == example.made)
    }

    private static func withoutSpace(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    @Test func `every setting that is passed on is one that rclone has`() throws {
        let help = try ProgramResult.running(
            [Tool.rclone.program, "config", "providers"],
            environment: ["RCLONE_CONFIG=/dev/null"],
            in: home.path
        ).checkingSuccess()
        let known = try Self.options(JSONParser.parse(Array(help.output.utf8), file: "rclone"))
        #expect(known.count > 40)
        for example in RcloneSettingsCase.all {
            let made = made(try remote(example.url, example.settings, example.environment))
            let options = try #require(known[made["type"] ?? ""])
            for name in made.keys where name != "type" && name.first?.isLowercase == true {
                #expect(options.contains(name), "\(example.url): \(name)")
            }
        }
    }

    private static func options(_ providers: DataValue) -> [String: Set<String>] {
        guard case .list(let providers) = providers else { return [:] }
        var known: [String: Set<String>] = [:]
        for provider in providers {
            guard case .string(let name)? = provider.value(atDottedKey: "Name"),
                case .list(let options)? = provider.value(atDottedKey: "Options")
            else { continue }
            known[name] = Set(
                options.compactMap {
                    if case .string(let name)? = $0.value(atDottedKey: "Name") { name } else { nil }
                }
            )
        }
        return known
    }

    @Test(arguments: ["gs", "azure", "oss", "hdfs", "gdrive"])
    func `every setting of a kind is passed on, refused, or without a meaning for rclone`(
        kind: String
    ) throws {
        let others: Set<String> = [
            // Of remotes of all kinds.
            "url", "checksum_jobs", "jobs", "worktree", "no_traverse", "version_aware", "verify",
            // Refused.
            "kerb_ticket", "replication",
            // Ways to sign on that rclone does not try.
            "exclude_visual_studio_code_credential", "exclude_shared_token_cache_credential",
            // Tested below.
            "exclude_environment_credential", "profile", "gdrive_user_credentials_file",
        ]
        let examples = RcloneSettingsCase.all.filter { $0.url.hasPrefix("\(kind)://") }
        let passedOn = Set(examples.flatMap { Array($0.settings.keys) })
            .union(kind == "oss" ? ["oss_key_secret"] : [])
        let schema = try #require(ConfigSchema.remote(url: "\(kind)://host/path"))
        #expect(Set(schema.keys).subtracting(others).subtracting(passedOn) == [])
    }

    @Test func `credentials of the environment are kept from rclone where they are excluded`()
        throws
    {
        let settings = ["account_name": "me", "exclude_environment_credential": "true"]
        let secrets = ["AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "S", "AZURE_CONFIG_DIR": "d"]
        let remote = try remote("azure://container", settings, secrets)
        #expect(remote.hidden.contains("AZURE_CLIENT_SECRET"))
        #expect(!remote.hidden.contains("AZURE_CONFIG_DIR"))
        #expect(made(remote)["env_auth"] == "true")
    }

    @Test func `whoever signed on to Google Drive with DVC need not do so again`() throws {
        let text = #"{"refresh_token":"r","client_id":"i","client_secret":"s"}"#
        let file = try home.write(text, to: "own.json")
        let named = try remote("gdrive://root/a", ["gdrive_user_credentials_file": file.string])
        #expect(made(named)["client_id"] == "i")
        try home.write(text, to: ".cache/pydrive2fs/x/work.json")
        let settings = ["gdrive_client_id": "x", "profile": "work"]
        let kept = try remote("gdrive://appDataFolder/a", settings)
        #expect(made(kept)["client_id"] == "x")
        #expect(made(kept)["scope"] == "drive.appfolder")
    }

    @Test(arguments: [
        (
            "2026/11/25 02:32:36 CRITICAL: no file system for \"X:c\": HEAD http://h/c?sig=S&a=b\n----\n"
                + "RESPONSE 403: 403 Forbidden\n----\n\tno body\n",
            "CRITICAL: no file system for \"X:c\": HEAD http://h/c RESPONSE 403: 403 Forbidden no body"
        ),
        (
            "2026/11/25 02:32:36 NOTICE: first\n2026/11/25 02:32:37 ERROR : Get \"https://h/?sig=S\": bad",
            "ERROR : Get \"https://h/\": bad"
        ),
        ("sh: rclone: not\nusable", "usable"), ("", "rclone ended at once"),
    ])
    func `a complaint of rclone's is its last message, without signatures`(
        output: String,
        text: String
    ) { #expect(RcloneComplaint(in: output).text == text) }
}
