import DVSystem
import DVTestSupport
import Testing

/// Damage in the cache, two remotes and the workspace at once: a repair ends in an intact project, or names just what is lost.
@Suite struct RepairTests {
    /// What a seed decides besides where the damage is.
    private struct Setting {
        let seed: Int

        var isPlain: Bool { seed % 2 == 0 }
        var hasSecondRemote: Bool { seed % 4 < 2 }
        var hasWorkspace: Bool { seed % 3 == 0 }
    }

    private static func project(_ setting: Setting) throws -> TemporaryProject {
        let project = try TemporaryProject.pushed()
        if setting.isPlain {
            try project.run(.dvswift, "config", "cache.compression", "none")
            try project.run(.dvswift, "cache", "migrate", "-q", "--to", "plain")
        } else {
            try project.run(.dvswift, "remote", "modify", "storage", "layout", "encoded")
        }
        if setting.hasSecondRemote {
            try project.run(.dvswift, "remote", "add", "-q", "second", "../second")
            try project.run(.dvswift, "push", "-q", "-r", "second")
        }
        return project
    }

    /// The objects that a check reports as bad and not mended.
    private static func reportedLost(_ result: ProgramResult) throws -> Set<String> {
        var lost: Set<String> = []
        for part in result.output.split(separator: "{\"object\": \"").dropFirst()
        where part.contains("\"repaired_from\": null") {
            lost.insert(String(part.prefix { $0 != "\"" }))
        }
        return lost
    }

    @Test(arguments: 1...6)
    func `the cache is mended from whoever has it, or the loss is precise`(seed: Int) throws {
        let setting = Setting(seed: seed)
        let project = try Self.project(setting)
        let (cache, second) = (project.path(".dvc/cache"), project.path("../second"))
        let needed = try StoredContent.good(cache, project)
        let before = try project.tree()
        if !setting.hasWorkspace {
            for name in ["data", "large.bin"] { try project.remove(name) }
        }
        for (index, folder) in [cache, project.remote, second].enumerated()
        where try folder.exists() {
            try Damage.some(of: folder, seed: UInt64(seed * 10 + index))
        }
        let sources = try [cache, project.remote, second].map {
            try StoredContent.good($0, project)
        }
        let had = sources.reduce(Set<String>()) { $0.union($1) }
        let expected = setting.hasWorkspace ? [] : needed.subtracting(had)

        let result = try project.attempt(.dvswift, "verify", "--cache", "--repair", "--json")
        let lost = try Self.reportedLost(result)
        #expect(result.status == (expected.isEmpty ? 0 : 1), "\(result)")
        #expect(lost.isSubset(of: expected))
        #expect(try StoredContent.bad(cache, project).isEmpty)
        // Without its listing nobody knows what a directory held.
        if !expected.contains(where: { $0.hasSuffix(".dir") }) {
            #expect(lost == expected)
            #expect(try StoredContent.good(cache, project) == needed.subtracting(expected))
        }
        guard expected.isEmpty else { return }
        for name in ["data", "large.bin"] { try project.remove(name) }
        try project.run(.dvswift, "checkout", "-q")
        #expect(try project.tree().difference(from: before) == nil)
    }

    @Test(arguments: 1...4)
    func `a remote is mended from the cache and the other remote`(seed: Int) throws {
        let setting = Setting(seed: seed)
        let project = try Self.project(setting)
        for name in ["data", "large.bin"] { try project.remove(name) }
        let (cache, second) = (project.path(".dvc/cache"), project.path("../second"))
        let needed = try StoredContent.good(project.remote, project)
        for (index, folder) in [cache, project.remote, second].enumerated()
        where try folder.exists() {
            try Damage.some(of: folder, seed: UInt64(1000 + seed * 10 + index))
        }
        var had = try StoredContent.good(cache, project)
        had.formUnion(try StoredContent.good(project.remote, project))
        had.formUnion(try StoredContent.good(second, project))
        let expected = needed.subtracting(had)
        let result = try project.attempt(
            .dvswift,
            "verify",
            "-r",
            "storage",
            "--repair",
            "--json"
        )
        let lost = try Self.reportedLost(result)
        #expect(lost.isSubset(of: expected), "\(result)")
        #expect(try StoredContent.bad(project.remote, project).isEmpty)
        #expect(result.status == (expected.isEmpty ? 0 : 1), "\(result)")
        if !expected.contains(where: { $0.hasSuffix(".dir") }) {
            #expect(lost == expected)
            #expect(try StoredContent.good(project.remote, project) == needed.subtracting(lost))
        }
    }

    @Test(arguments: ["fetch", "pull", "cat", "checkout", "get", "import"])
    func `what a remote has damaged never enters the cache`(command: String) throws {
        let project = try TemporaryProject.pushed()
        try project.remove(".dvc/cache")
        for name in ["data", "large.bin"] { try project.remove(name) }
        var random = SplitMix(state: 3)
        let files = try TreeSnapshot(of: project.remote).paths
            .filter { $0.utf8.count > 32 && !$0.hasSuffix(".dir") }
            .map { project.remote.appending($0) }
        let kinds = [Damage.flippedBit, .truncation, .swap]
        for (index, file) in files.enumerated() where index % 4 < 3 {
            try kinds[index % 4].spoil(file, with: files[(index + 1) % files.count], &random)
        }
        let user = try ["get", "import"].contains(command) ? TemporaryProject() : project
        let arguments =
            switch command {
            case "cat": ["cat", "data/0/0.csv"]
            case "get", "import": [command, project.root.string, "data"]
            default: [command]
            }
        let result = try user.attempt(.dvswift, arguments)
        if command != "cat" { #expect(!result.reason.isSuccess, "\(result)") }
        for each in [user, project] {
            #expect(try StoredContent.bad(each.path(".dvc/cache"), each).isEmpty, "\(result)")
        }
    }

    @Test func `paths that share a missing object are named once each, with a hint`() throws {
        let project = try TemporaryProject.pushed()
        for name in ["a", "b", "data/same"] { try project.write("the same\n", to: name) }
        try project.run(.dvswift, "add", "-q", "a", "b", "data")
        try project.run(.dvswift, "push", "-q")
        try project.remove(".dvc/cache")
        let digest = String(try project.attempt(["md5sum", "a"]).output.prefix(32))
        for name in ["a", "b", "data"] { try project.remove(name) }
        try project.path("../remote/files/md5/\(digest.prefix(2))/\(digest.dropFirst(2))")
            .removeFile()
        let result = try project.attempt(.dvswift, "fetch")
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("ERROR: failed to fetch data from the cloud - 3 files"))
        for name in ["a", "b", "data/same"] {
            let lines = result.errors.split(separator: "\n").filter { $0.hasPrefix("  \(name): ") }
            #expect(lines.count == 1, "\(result)")
        }
        #expect(result.errors.contains("hint: dvswift push"))
    }

    @Test func `an intact form of an object outlives the quarantine of another`() throws {
        let project = try TemporaryProject.pushed()
        try project.run(.dvswift, "remote", "remove", "storage")
        try project.remove("large.bin")
        let cache = project.path(".dvc/cache")
        let encoded = try #require(
            TreeSnapshot(of: cache).paths.first {
                $0.hasSuffix(".zst") && !$0.hasSuffix(".dir.zst")
            }
        )
        let digits = encoded.split(separator: "/").suffix(2).joined(separator: "/").dropLast(4)
        try project.write("not it", to: cache.appending("files/md5/\(digits)").string)
        #expect(try project.attempt(.dvswift, "verify").status == 1)
        #expect(try project.run(.dvswift, "verify", "--repair").contains("(from its other form)"))
        try project.run(.dvswift, "checkout", "-q")
    }
}
