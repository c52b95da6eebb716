import DVTestSupport

/// A project of DVC with the remote `far`, `version_aware` or `worktree`, on a bucket that keeps versions.
struct VersionedProject {
    let project: TemporaryProject
    let account: S3Account
    let bucket: String

    init(_ option: String = "version_aware") throws {
        account = try CephGateway.shared.get().account
        bucket = try account.makeBucket(versioned: true)
        project = try TemporaryProject(madeBy: .dvc)
        try project.run(.dvswift, "remote", "add", "--default", "far", "s3://\(bucket)/root")
        for (option, value) in [("endpointurl", account.endpoint), (option, "true")] {
            try project.run(.dvswift, "remote", "modify", "far", option, value)
        }
        try project.write("one\n", to: "data/a")
        try project.write("two\n", to: "data/sub/é")
        try project.write("single\n", to: "file")
        try project.write(
            "stages:\n  s:\n    cmd: mkdir -p made && cp file made/x\n    deps: [file]\n    outs: [made]\n",
            to: "dvc.yaml"
        )
        try project.run(.dvswift, "add", "--quiet", "data", "file")
        try project.run(.dvswift, "repro", "--quiet")
    }

    func attempt(_ tool: Tool, _ arguments: [String]) throws -> ProgramResult {
        try project.attempt(tool, arguments, adding: account.variables)
    }

    func attempt(_ tool: Tool, _ arguments: String...) throws -> ProgramResult {
        try attempt(tool, arguments)
    }

    @discardableResult
    func run(_ tool: Tool, _ arguments: [String]) throws -> String {
        try attempt(tool, arguments).checkingSuccess().output
    }

    @discardableResult
    func run(_ tool: Tool, _ arguments: String...) throws -> String { try run(tool, arguments) }

    /// So that only the remote has it.
    func removeData() throws {
        for name in ["data", "file", "made", ".dvc/cache", ".dvc/tmp"] { try project.remove(name) }
    }

    /// The records of outputs with versions as they came out.
    func records() throws -> [String] {
        try ["data.dvc", "file.dvc", "dvc.lock"].map { try project.text(of: $0) }
    }

    /// Puts a file there past all tools.
    func put(_ text: String, at key: String) throws {
        try account.put(text, as: "root/\(key)", in: bucket)
    }

    /// Removes one version for good.
    func delete(_ key: String, version: String) throws {
        try account.delete("root/\(key)", version: version, in: bucket)
    }
}
