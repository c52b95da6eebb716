import DVSystem
import DVTestSupport
import Testing

/// `verify` finds every kind of damage, and `--repair` ends in an intact project or says what is lost.
@Suite struct VerifyTests {
    private enum Damage: Int, CaseIterable {
        case flippedBit, truncation, deletion, swap
    }

    private static func project() throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", "../remote")
        for number in 0..<24 {
            let text = (0..<(number * 40 + 1)).map { "\(number),\($0)\n" }.joined()
            try project.write(text, to: "data/\(number % 3)/\(number).csv")
        }
        try project.write([UInt8](repeating: 7, count: 3_000_000), to: "large.bin")
        try project.run(.dvswift, "add", "-q", "data", "large.bin")
        try project.run(.git, "add", "--all")
        try project.run(.git, "commit", "--quiet", "--message", "all")
        try project.run(.dvswift, "push", "-q")
        return project
    }

    /// Damages about a third of the files below `folder`; the same ones for the same seed.
    private static func damage(_ folder: AbsolutePath, seed: UInt64) throws -> Int {
        var random = SplitMix(state: seed)
        let files = try TreeSnapshot(of: folder).paths.map { folder.appending($0) }
            .filter { try FileStatus.ifPresent($0)?.isRegular == true }
        let chosen = files.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
        for file in chosen {
            let kind = Damage(rawValue: Int.random(in: 0..<4, using: &random)) ?? .deletion
            try damage(file, kind, with: files.last { $0 != file }, &random)
        }
        return chosen.count
    }

    private static func damage(
        _ file: AbsolutePath,
        _ kind: Damage,
        with other: AbsolutePath?,
        _ random: inout SplitMix
    ) throws {
        var bytes = try file.readBytes()
        try file.setPermissions(0o644)
        switch kind {
        case .flippedBit:
            guard let place = bytes.indices.randomElement(using: &random) else { return }
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            try file.replaceContents(with: bytes)
        case .truncation:
            try file.replaceContents(with: Array(bytes.dropLast(bytes.count / 2 + 1)))
        case .deletion: try file.removeFile()
        case .swap:
            if let other { try file.replaceContents(with: try other.readBytes()) }
        }
    }

    @Test func `an intact project passes every check`() throws {
        let project = try Self.project()
        for options in [[], ["--quick"], ["-r", "storage"], ["--workspace", "--cache"]] {
            let output = try project.run(.dvswift, ["verify"] + options)
            #expect(output.contains("all intact"), "\(options)")
        }
    }

    @Test(arguments: 1...6)
    func `a damaged cache is mended from the remote`(seed: Int) throws {
        let project = try Self.project()
        let count = try Self.damage(project.path(".dvc/cache"), seed: UInt64(seed))
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
        let project = try Self.project()
        _ = try Self.damage(project.remote, seed: UInt64(100 + seed))
        #expect(try project.attempt(.dvswift, "verify", "-r", "storage").status == 1)
        let mended = try project.attempt(.dvswift, "verify", "-r", "storage", "--repair")
        #expect(mended.status == 0, "\(mended)")
        try project.remove(".dvc/cache")
        try project.remove("data")
        try project.run(.dvswift, "pull", "-q")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `without a remote the workspace mends the cache`() throws {
        let project = try Self.project()
        try project.run(.dvswift, "remote", "remove", "storage")
        _ = try Self.damage(project.path(".dvc/cache"), seed: 5)
        let mended = try project.attempt(.dvswift, "verify", "--repair")
        #expect(mended.status == 0, "\(mended)")
        #expect(try project.run(.dvswift, "verify").contains("all intact"))
    }

    @Test func `what is lost everywhere is told by path and commit, and kept aside`() throws {
        let project = try Self.project()
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
