import DVSystem
import DVTestSupport
import Testing

/// Remotes that rclone reaches, through the real binary.
@Suite struct RcloneRemoteTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.write("[shelf]\ntype = local\n", to: "../home/rclone.conf")
        try project.write("one\n", to: "data/a")
        try project.write("two\n", to: "data/é ü")
        try project.run(.dvswift, "add", "data")
    }

    private func run(
        _ arguments: [String],
        _ variables: [String: String] = [:]
    ) throws -> ProgramResult {
        let tools = try #require(AbsolutePath(Tool.rclone.program)).parent
        let settings = project.surroundings.appending("home/rclone.conf")
        let own = ["PATH": "\(tools):/usr/bin:/bin", "RCLONE_CONFIG": settings.string]
        return try project.attempt(.dvswift, arguments, adding: own.merging(variables) { $1 })
    }

    @Test func `a remote of rclone's is shared with DVC, which sees the folder behind it`() throws {
        try project.run(.dvswift, "remote", "add", "-d", "far", "rclone:shelf:\(project.remote)")
        #expect(
            try project.text(of: ".dvc/config").contains("url = rclone:shelf:\(project.remote)")
        )
        #expect(try run(["push"]).checkingSuccess().output == "3 files pushed\n")
        #expect(try run(["push"]).checkingSuccess().output == "Everything is up to date.\n")
        for name in ["data", ".dvc/cache"] { try project.remove(name) }
        try project.run(.dvc, "remote", "add", "-q", "near", project.remote.string)
        try project.run(.dvc, "pull", "-q", "-r", "near")
        #expect(try project.text(of: "data/é ü") == "two\n")
        for name in ["data", ".dvc/cache"] { try project.remove(name) }
        try run(["pull"]).checkingSuccess()
        #expect(try project.text(of: "data/a") == "one\n")
    }

    @Test func `settings of DVC's kinds become those of rclone`() throws {
        let account = try CephGateway.shared.get().account
        let bucket = try account.makeBucket()
        try project.run(.dvswift, "remote", "add", "-d", "far", "oss://\(bucket)/data")
        try project.run(.dvswift, "remote", "modify", "far", "oss_endpoint", account.endpoint)
        let keys = [
            "OSS_ACCESS_KEY_ID": account.accessKey, "OSS_ACCESS_KEY_SECRET": account.secretKey,
        ]
        #expect(try run(["push"], keys).checkingSuccess().output == "3 files pushed\n")
        try project.run(.dvswift, "remote", "add", "same", "s3://\(bucket)/data")
        try project.run(.dvswift, "remote", "modify", "same", "endpointurl", account.endpoint)
        let status = try run(["status", "-r", "same"], account.variables).checkingSuccess()
        #expect(status.output.contains("in sync"))
        let wrong = try run(["push"], keys.merging(["OSS_ACCESS_KEY_SECRET": "no"]) { $1 })
        #expect(wrong.reason == .exited(251))
        #expect(wrong.errors.contains("403"))
    }

    @Test(arguments: [
        ("rclone:nobody:x", [], "didn't find section in config file"),
        ("gdrive://root/x", [], "nobody has signed on to Google Drive yet"),
        ("azure://container/x", [], "neither account_name nor connection_string is set"),
        ("oss://bucket/x", [], "oss_endpoint is not set"),
        ("hdfs://host/x", ["kerb_ticket", "t"], "kerb_ticket is not supported"),
        ("webhdfs://host/x", [], "rclone speaks Hadoop's own protocol only"),
    ])
    func `what rclone cannot be told is refused with a reason`(
        url: String,
        option: [String],
        reason: String
    ) throws {
        try project.run(.dvswift, "remote", "add", "-d", "far", url)
        if !option.isEmpty { try project.run(.dvswift, ["remote", "modify", "far"] + option) }
        let result = try run(["push"])
        #expect(!result.reason.isSuccess)
        #expect(result.errors.contains(reason), "\(result.errors)")
    }

    @Test func `without rclone its package is named`() throws {
        try project.run(.dvswift, "remote", "add", "-d", "far", "rclone:shelf:x")
        let result = try run(["push"], ["PATH": project.root.string])
        #expect(result.errors.contains("this kind of storage needs rclone"))
        #expect(result.errors.contains("apt install rclone"))
    }
}
