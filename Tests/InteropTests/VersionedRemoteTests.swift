import DVTestSupport
import Testing

/// Remotes with `version_aware`, on a bucket that keeps versions, shared with DVC.
@Suite struct VersionedRemoteTests {
    private let place: VersionedProject
    private var project: TemporaryProject { place.project }

    init() throws { place = try VersionedProject() }

    @discardableResult
    private func run(_ tool: Tool, _ arguments: String...) throws -> String {
        try place.run(tool, arguments)
    }

    @Test func `what dvswift records of versions is what DVC records, and each pulls by it`() throws
    {
        #expect(try run(.dvswift, "push") == "4 files pushed\n")
        let own = try place.records()
        #expect(own[0].contains("  files:\n  - relpath: a\n    md5: "))
        #expect(own[0].contains("    cloud:\n      far:\n        etag: "))
        #expect(!own[0].contains(".dir"))
        #expect(try run(.dvc, "push").contains("Everything is up to date."))
        #expect(try place.records() == own)
        #expect(try run(.dvswift, "push") == "Everything is up to date.\n")
        for puller in [Tool.dvc, .dvswift] {
            try place.removeData()
            try run(puller, "pull", "--quiet")
            #expect(try project.text(of: "data/sub/é") == "two\n")
            #expect(try project.text(of: "made/x") == "single\n")
            for tool in [Tool.dvc, .dvswift] {
                #expect(try run(tool, "status", "--json") == "{}\n", "\(tool) after \(puller)")
            }
        }
    }

    @Test func `each goes on from versions that the other recorded`() throws {
        try run(.dvc, "push")
        let first = try place.records()
        #expect(try run(.dvswift, "status") == "Data and pipelines are up to date.\n")
        #expect(try run(.dvswift, "push") == "Everything is up to date.\n")
        #expect(try place.records() == first)
        try project.commit("first")
        try project.write("three\n", to: "data/a")
        try run(.dvswift, "add", "--quiet", "data")
        // The version of the file that changed is not kept for the new content.
        #expect(try !project.text(of: "data.dvc").contains("5bbf5a52328e7439ae6e719dfe712200"))
        #expect(try run(.dvswift, "status", "--cloud").contains("data/a"))
        #expect(try run(.dvswift, "push") == "1 file pushed\n")
        #expect(try run(.dvc, "push").contains("Everything is up to date."))
        let second = try project.text(of: "data.dvc")
        try place.removeData()
        try run(.dvc, "pull", "--quiet")
        #expect(try project.text(of: "data/a") == "three\n")
        try project.run(.git, "checkout", "--quiet", "HEAD", "--", "data.dvc")
        try place.removeData()
        try run(.dvswift, "pull", "--quiet")
        #expect(try project.text(of: "data/a") == "one\n")
        #expect(try project.text(of: "data.dvc") != second)
    }

    @Test(arguments: [
        (["gc", "-w", "-c", "-f"], "unsupported for cloud versioned remotes"),
        (["gc", "-w", "--not-in-remote", "-f"], "unsupported for cloud versioned remotes"),
        (["add", "--to-remote", "dvc.yaml", "-o", "x"], "unsupported for cloud versioned remotes"),
        (["verify", "-r", "far"], "unsupported for cloud versioned remotes"),
    ])
    func `what needs objects under their digests is refused`(
        command: [String],
        reason: String
    ) throws {
        let result = try project.attempt(.dvswift, command, adding: place.account.variables)
        #expect(result.reason == .exited(251))
        #expect(result.errors.contains(reason))
    }

    @Test func `versions are refused where none are kept`() throws {
        let bucket = try place.account.makeBucket()
        try project.run(.dvswift, "remote", "modify", "far", "url", "s3://\(bucket)/root")
        let plain = try project.attempt(.dvswift, ["push"], adding: place.account.variables)
        #expect(plain.errors.contains("turn on versioning for the bucket"))
        try project.run(.dvswift, "remote", "modify", "far", "url", "s3://\(bucket)/x")
        try project.run(.dvswift, "remote", "add", "web", "https://host/x")
        try project.run(.dvswift, "remote", "modify", "web", "version_aware", "true")
        let web = try project.attempt(.dvswift, "push", "-r", "web")
        #expect(web.errors.contains("versions are supported on s3:// only"))
    }
}
