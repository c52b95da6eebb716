import DVSystem
import DVTestSupport
import Testing

/// `verify` finds every kind of damage, and `--repair` ends in an intact project or says what is lost.
@Suite struct VerifyTests {
    @Test func `an intact project passes every check`() throws {
        let project = try TemporaryProject.pushed()
        for options in [[], ["--quick"], ["-r", "storage"], ["--workspace", "--cache"]] {
            let output = try project.run(.dvswift, ["verify"] + options)
            #expect(output.contains("all intact"), "\(options)")
        }
    }

    @Test(arguments: 1...6)
    func `a damaged cache is mended from the remote`(seed: Int) throws {
        let project = try TemporaryProject.pushed()
        let count = try Damage.some(of: project.path(".dvc/cache"), seed: UInt64(seed))
        let found = try project.attempt(.dvswift, "verify")
        #expect(found.status == 1)
        #expect(count > 0 && found.output.contains("bad."), "\(found)")
        let mended = try project.attempt(.dvswift, "verify", "--repair")
        #expect(mended.status == 0, "\(mended)")
        #expect(try project.run(.dvswift, "verify").contains("all intact"))
        let before = try project.tree("data")
        try project.remove("data")
        try project.run(.dvswift, "checkout", "-q")
        #expect(try project.tree("data").difference(from: before) == nil)
    }

    @Test(arguments: 1...4)
    func `a damaged remote is mended from the cache`(seed: Int) throws {
        let project = try TemporaryProject.pushed()
        _ = try Damage.some(of: project.remote, seed: UInt64(100 + seed))
        #expect(try project.attempt(.dvswift, "verify", "-r", "storage").status == 1)
        let mended = try project.attempt(.dvswift, "verify", "-r", "storage", "--repair")
        #expect(mended.status == 0, "\(mended)")
        try project.remove(".dvc/cache")
        try project.remove("data")
        try project.run(.dvswift, "pull", "-q")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `without a remote the workspace mends the cache`() throws {
        let project = try TemporaryProject.pushed()
        try project.run(.dvswift, "remote", "remove", "storage")
        _ = try Damage.some(of: project.path(".dvc/cache"), seed: 5)
        let mended = try project.attempt(.dvswift, "verify", "--repair")
        #expect(mended.status == 0, "\(mended)")
        #expect(try project.run(.dvswift, "verify").contains("all intact"))
    }

    @Test func `what is lost everywhere is told by path and commit, and kept aside`() throws {
        let project = try TemporaryProject.pushed()
        try project.run(.dvswift, "remote", "remove", "storage")
        try project.remove("data/1/22.csv")
        let digest = try Self.damageObject(of: "22,", project)
        let result = try project.attempt(.dvswift, "verify", "--repair")
        #expect(result.status == 1)
        let line = result.output.split(separator: "\n").first { $0.contains(digest) }
        #expect(line?.contains("data/1/22.csv") == true, "\(result)")
        #expect(try project.tree(".dvc/cache/dvswift/quarantine").paths.count == 1)
    }

    /// Cuts the object of the file whose first line starts with `text`; its digest.
    private static func damageObject(of text: String, _ project: TemporaryProject) throws -> String
    {
        let rows = (0..<(22 * 40 + 1)).map { "22,\($0)\n" }.joined()
        try project.write(rows, to: "../probe")
        let digest = String(try project.attempt(["md5sum", "../probe"]).output.prefix(32))
        let snapshot = try TreeSnapshot(of: project.path(".dvc/cache"))
        let name = try #require(snapshot.paths.first { $0.contains(digest.dropFirst(2)) })
        let file = project.path(".dvc/cache/" + name)
        try file.setPermissions(0o644)
        try file.replaceContents(with: Array(try file.readBytes().dropLast(20)))
        return digest
    }
}
