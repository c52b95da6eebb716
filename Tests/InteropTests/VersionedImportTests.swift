import DVTestSupport
import Testing

/// `import-url --version-aware` from a bucket that keeps versions, beside DVC.
@Suite struct VersionedImportTests {
    private let project: TemporaryProject
    private let account: S3Account
    private let bucket: String

    init() throws {
        account = try CephGateway.shared.get().account
        bucket = try account.makeBucket(versioned: true)
        project = try TemporaryProject(madeBy: .dvc)
        try project.run(.dvswift, "remote", "add", "src", "s3://\(bucket)")
        try project.run(.dvswift, "remote", "modify", "src", "endpointurl", account.endpoint)
        for (key, text) in [("f", "1"), ("f", "2"), ("dir/a", "A"), ("dir/s/é", "B")] {
            try put(text, at: key)
        }
    }

    private func put(_ text: String, at key: String) throws {
        try account.put(text, as: "raw/\(key)".replacing("é", with: "%C3%A9"), in: bucket)
    }

    private func attempt(_ tool: Tool, _ arguments: [String]) throws -> ProgramResult {
        try project.attempt(tool, arguments, adding: account.variables)
    }

    @discardableResult
    private func run(_ tool: Tool, _ arguments: String...) throws -> String {
        try attempt(tool, arguments).checkingSuccess().output
    }

    private func importAll(_ tool: Tool, _ options: [String] = []) throws {
        for name in ["f", "dir"] {
            let arguments = ["import-url", "-q", "--version-aware"] + options
            try attempt(tool, arguments + ["remote://src/raw/\(name)"]).checkingSuccess()
        }
    }

    private func pointers() throws -> [String] {
        try ["f.dvc", "dir.dvc"].map { try project.text(of: $0) }
    }

    @Test(arguments: [[], ["--no-download"], ["--no-exec"]])
    func `pointers are those that DVC writes`(options: [String]) throws {
        try importAll(.dvswift, options)
        let ours = try pointers()
        for name in ["f", "dir", "f.dvc", "dir.dvc"] { try project.remove(name) }
        try importAll(.dvc, options)
        #expect(try pointers() == ours)
    }

    @Test func `newer versions are told and brought as by DVC`() throws {
        try importAll(.dvswift)
        #expect(try run(.dvswift, "status") == "Data and pipelines are up to date.\n")
        try put("3", at: "f")
        try put("AA", at: "dir/a")
        #expect(try run(.dvswift, "status", "--json") == run(.dvc, "status", "--json"))
        #expect(try run(.dvswift, "status", "--no-updates", "--json") == "{}\n")
        let old = try pointers()
        try run(.dvswift, "update", "-q", "f.dvc", "dir.dvc")
        let new = try pointers()
        #expect(try run(.dvc, "status", "--json") == "{}\n")
        #expect(try project.text(of: "f") + project.text(of: "dir/a") == "3AA")
        for (name, text) in zip(["f.dvc", "dir.dvc"], old) { try project.write(text, to: name) }
        try run(.dvc, "update", "-q", "f.dvc", "dir.dvc")
        #expect(try pointers() == new)
        let again = try run(.dvswift, "update", "f.dvc")
        #expect(again == "'f.dvc' didn't change, skipping\n")
    }

    @Test func `the recorded versions are pulled whatever is newer`() throws {
        try importAll(.dvswift)
        try put("3", at: "f")
        try put("AA", at: "dir/a")
        for name in ["f", "dir", ".dvc/cache", ".dvc/tmp"] { try project.remove(name) }
        try run(.dvswift, "pull")
        #expect(try project.text(of: "f") + project.text(of: "dir/a") == "2A")
        #expect(try project.text(of: "dir/s/é") == "B")
        // Their storage keeps them: no remote of this project gets a copy.
        try project.run(.dvswift, "remote", "add", "-d", "store", project.remote.string)
        #expect(try run(.dvswift, "push") == "Everything is up to date.\n")
    }

    @Test func `what was only written down is pulled as it was then`() throws {
        try importAll(.dvswift, ["--no-download"])
        try put("3", at: "f")
        try put("AA", at: "dir/a")
        try run(.dvswift, "pull")
        #expect(try project.text(of: "f") + project.text(of: "dir/a") == "2A")
    }

    @Test func `an import goes to any version of a file`() throws {
        try run(.dvswift, "import-url", "-q", "--version-aware", "remote://src/raw/f")
        let second = try version()
        try put("3", at: "f")
        try run(.dvswift, "update", "f.dvc")
        try run(.dvswift, "update", "--rev", second, "f.dvc")
        let ours = try project.text(of: "f.dvc")
        #expect(try version() == second)
        #expect(try project.text(of: "f") == "2")
        try run(.dvc, "update", "-q", "f.dvc")
        try run(.dvc, "update", "-q", "--rev", second, "f.dvc")
        #expect(try project.text(of: "f.dvc") == ours)
        let wrong = try attempt(.dvswift, ["update", "--rev", "nothing", "f.dvc"])
        #expect(wrong.reason == .exited(1))
        #expect(wrong.errors.contains("'remote://src/raw/f?versionId=nothing' does not exist"))
        #expect(try project.text(of: "f.dvc") == ours)
    }

    private func version() throws -> String {
        let text = try project.text(of: "f.dvc")
        return String(
            try #require(text.split(separator: "version_id: ").last).prefix { $0 != "\n" }
        )
    }

    @Test func `a version that is gone is an error, and stops nothing else`() throws {
        try importAll(.dvswift)
        let lost = try version()
        try put("3", at: "f")
        try account.delete("raw/f", version: lost, in: bucket)
        for name in ["f", "dir", ".dvc/cache", ".dvc/tmp"] { try project.remove(name) }
        let pull = try attempt(.dvswift, ["pull"])
        #expect(pull.reason != .exited(0))
        #expect(pull.errors.contains("the version '\(lost)' is gone"))
        #expect(try project.text(of: "dir/a") == "A")
        #expect(try !project.exists("f"))
    }

    @Test func `versions are refused where there are none`() throws {
        let plain = try account.makeBucket()
        try account.put("1", as: "raw/f", in: plain)
        try account.put("1", as: "raw/dir/a", in: plain)
        try project.run(.dvswift, "remote", "modify", "src", "url", "s3://\(plain)")
        for name in ["f", "dir"] {
            let result = try attempt(
                .dvswift,
                ["import-url", "--version-aware", "remote://src/raw/\(name)"]
            )
            #expect(result.errors.contains("turn on versioning for the bucket"))
        }
        try project.write("x", to: "../local")
        for address in ["../local", "https://127.0.0.1:9/x", "rclone:none:x", "gs://bucket/x"] {
            let result = try attempt(.dvswift, ["import-url", "--version-aware", address])
            #expect(result.reason == .exited(251), "\(address): \(result.errors)")
            #expect(result.errors.contains("versions are followed on s3:// only"))
        }
        #expect(try !project.exists("f.dvc"))
    }
}
