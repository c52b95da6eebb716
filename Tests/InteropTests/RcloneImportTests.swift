import DVSystem
import DVTestSupport
import Testing

/// Data in a bucket that dvswift reaches through rclone, and DVC by itself.
@Suite struct RcloneImportTests {
    private let project: TemporaryProject
    private let account: S3Account
    private let bucket: String
    private let variables: [String: String]

    init() throws {
        project = try TemporaryProject()
        account = try CephGateway.shared.get().account
        bucket = try account.makeBucket()
        let settings = """
            [shelf]
            type = s3
            provider = Ceph
            env_auth = true
            endpoint = \(account.endpoint)

            """
        try project.write(settings, to: "../home/rclone.conf")
        let tools = try #require(AbsolutePath(Tool.rclone.program)).parent
        variables = account.variables.merging([
            "PATH": "\(tools):/usr/bin:/bin",
            "RCLONE_CONFIG": project.surroundings.appending("home/rclone.conf").string,
            // What is on this machine is not asked for through a proxy.
            "http_proxy": "http://127.0.0.1:1", "all_proxy": "http://127.0.0.1:1",
        ]) { $1 }
        try project.run(
            .dvswift,
            "remote",
            "add",
            "--default",
            "far",
            "rclone:shelf:\(bucket)/store"
        )
        try project.run(.dvswift, "remote", "add", "--quiet", "near", "s3://\(bucket)/store")
        try project.run(.dvswift, "remote", "modify", "near", "endpointurl", account.endpoint)
        try project.run(.dvswift, "config", "--unset", "core.autostage")
        try account.put("one\n", as: "raw/a", in: bucket)
        try account.put("two\n", as: "raw/dir/b", in: bucket)
    }

    private func attempt(_ arguments: String...) throws -> ProgramResult {
        try project.attempt(.dvswift, arguments, adding: variables)
    }

    private func run(_ arguments: String...) throws -> String {
        try project.attempt(.dvswift, arguments, adding: variables).checkingSuccess().output
    }

    private func dvc(_ arguments: String...) throws -> String {
        try project.attempt(.dvc, arguments, adding: account.variables).checkingSuccess().output
    }

    @Test func `files and folders are listed, copied, imported and updated`() throws {
        let address = "rclone:shelf:\(bucket)/raw"
        #expect(try run("list-url", "-R", address) == "a\ndir/b\n")
        try project.run(.dvswift, "remote", "add", "--quiet", "raw", address)
        #expect(try run("list-url", "remote://raw/dir") == "b\n")
        _ = try run("get-url", address, "copy")
        #expect(try project.text(of: "copy/dir/b") == "two\n")
        _ = try run("get-url", "remote://raw/a", "file")
        #expect(try project.text(of: "file") == "one\n")
        _ = try run("import-url", "-q", address, "all")
        _ = try run("import-url", "-q", "--no-download", "remote://raw/a", "later")
        #expect(try !project.exists("later"))
        _ = try run("pull", "later.dvc")
        #expect(try project.text(of: "later") == "one\n")
        #expect(try run("update", "all.dvc") == "'all.dvc' didn't change, skipping\n")
        try account.put("changed\n", as: "raw/a", in: bucket)
        #expect(
            try run("update", "all.dvc", "later.dvc").contains("Importing '\(address)' -> 'all'")
        )
        for name in ["all/a", "later"] { #expect(try project.text(of: name) == "changed\n") }
        let missing = try attempt("get-url", address + "/none")
        #expect(missing.reason == .exited(1))
        #expect(missing.errors.contains("The path '\(address)/none' does not exist"))
    }

    @Test func `what DVC pushed comes back, and DVC brings what was pushed`() throws {
        try project.write("one\n", to: "theirs/a")
        try project.write("größer\n", to: "theirs/with blank é")
        _ = try dvc("add", "-q", "theirs")
        _ = try dvc("push", "-q", "-r", "near")
        for name in ["theirs", ".dvc/cache"] { try project.remove(name) }
        #expect(try run("pull").contains("A       theirs/\n"))
        #expect(try project.text(of: "theirs/with blank é") == "größer\n")
        #expect(try run("push") == "Everything is up to date.\n")
        _ = try run("import-url", "-q", "--to-remote", "rclone:shelf:\(bucket)/raw", "ours")
        #expect(try !project.exists("ours"))
        _ = try dvc("pull", "-q", "-r", "near", "ours.dvc")
        #expect(try project.text(of: "ours/dir/b") == "two\n")
    }
}
