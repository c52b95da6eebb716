import DVTestSupport
import Testing

/// `update` from a remote with `worktree`, where others put files past all tools, beside DVC.
@Suite struct WorktreeUpdateTests {
    private let place: VersionedProject
    private var project: TemporaryProject { place.project }

    init() throws {
        place = try VersionedProject("worktree")
        try place.run(.dvswift, "push")
        try project.commit("pushed")
    }

    private func change() throws {
        try place.put("new\n", at: "data/a")
        try place.put("more\n", at: "data/more")
        try place.put("other\n", at: "file")
        try place.put("made\n", at: "made/x")
    }

    @Test func `files that others changed or added come with their versions`() throws {
        try change()
        #expect(try place.run(.dvswift, "update", "data.dvc", "file.dvc") == "")
        #expect(try project.text(of: "data/a") == "new\n")
        #expect(try project.text(of: "data/more") == "more\n")
        #expect(try project.text(of: "data/sub/é") == "two\n")
        #expect(try project.text(of: "file") == "other\n")
        let data = try project.text(of: "data.dvc")
        #expect(data.count(of: "cloud:") == 3)
        #expect(!data.contains("5bbf5a52328e7439ae6e719dfe712200"))
        let before = try project.run(.git, "show", "HEAD:data.dvc")
        let unchanged = try #require(before.split(separator: "relpath: sub/é").last)
        #expect(data.hasSuffix(unchanged))
        let ours = try project.text(of: "file.dvc")
        #expect(try place.run(.dvc, "status", "data.dvc", "file.dvc", "--json") == "{}\n")
        try place.removeData()
        try place.run(.dvc, "pull", "-q", "data.dvc", "file.dvc")
        #expect(try project.text(of: "data/more") == "more\n")
        try project.run(.git, "checkout", "-q", "HEAD", "--", "file.dvc")
        try place.run(.dvc, "update", "-q", "file.dvc")
        #expect(try project.text(of: "file.dvc") == ours)
    }

    @Test func `outputs of stages are updated in the lock file`() throws {
        try change()
        try place.run(.dvswift, "update", "s")
        #expect(try project.text(of: "made/x") == "made\n")
        try place.removeData()
        try place.run(.dvswift, "pull", "s")
        #expect(try project.text(of: "made/x") == "made\n")
    }

    @Test func `without anything new nothing is written, and again nothing`() throws {
        let records = try place.records()
        #expect(try place.run(.dvswift, "update", "data.dvc", "file.dvc") == "")
        #expect(try place.records() == records)
        try change()
        try place.run(.dvswift, "update", "data.dvc")
        let updated = try place.records()
        try place.run(.dvswift, "update", "data.dvc")
        #expect(try place.records() == updated)
    }

    @Test func `changes of the workspace that the cache does not have are never overwritten`()
        throws
    {
        try change()
        try project.write("mine\n", to: "data/a")
        let result = try place.attempt(.dvswift, "update", "data.dvc")
        #expect(result.reason != .exited(0))
        #expect(try project.text(of: "data/a") == "mine\n")
        #expect(try project.run(.git, "status", "--short", "data.dvc") == "")
    }

    /// DVC leaves out which remote the versions of a directory are of, and then cannot update it again.
    @Test func `what DVC recorded of an update is read, pulled and pushed`() throws {
        try change()
        try place.run(.dvc, "update", "-q", "data.dvc")
        #expect(try project.text(of: "data.dvc").count(of: "cloud:") == 1)
        try place.removeData()
        try place.run(.dvswift, "pull", "data.dvc")
        #expect(try project.text(of: "data/more") == "more\n")
        #expect(try place.run(.dvswift, "push", "data.dvc") == "Everything is up to date.\n")
        #expect(try project.text(of: "data.dvc").count(of: "cloud:") == 3)
    }

    @Test(arguments: [
        (["--rev", "x", "file.dvc"], "--rev can't be used with worktree update"),
        (["--no-download", "file.dvc"], "--no-download can't be used with worktree update"),
        (["--to-remote", "file.dvc"], "--to-remote can't be used with worktree update"),
    ])
    func `options that mean nothing here are refused`(options: [String], reason: String) throws {
        let result = try place.attempt(.dvswift, ["update"] + options)
        #expect(result.reason == .exited(1))
        #expect(result.errors.contains(reason))
    }

    @Test func `what was never sent there is a warning, and other remotes are refused`() throws {
        try project.write("x", to: "unsent")
        try project.run(.dvswift, "add", "-q", "unsent")
        let unsent = try place.attempt(.dvswift, "update", "unsent.dvc")
        #expect(unsent.reason == .exited(0))
        #expect(
            unsent.errors.contains("Could not update 'unsent', it was never pushed to a remote")
        )
        try project.run(.dvswift, "remote", "modify", "far", "version_aware", "true")
        try project.run(.dvswift, "remote", "modify", "far", "--unset", "worktree")
        let plain = try place.attempt(.dvswift, "update", "data.dvc")
        #expect(plain.reason == .exited(1))
        #expect(plain.errors.contains("is not an import"))
    }
}

extension String {
    /// How often `part` is there.
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
