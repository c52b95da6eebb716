import DVSystem
import DVTestSupport
import Testing

/// `cache drop` and `cache migrate`.
@Suite struct CacheTests {
    private static func project(_ maker: Tool = .dvswift) throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: maker)
        try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", "../remote")
        for number in 0..<5 {
            let text = (0..<4000).map { "\(number),\($0)\n" }.joined()
            try project.write(text, to: "data/\(number).csv")
        }
        let long = (0..<400_000).map { "row \($0)\n" }.joined()
        try project.write(long, to: "data/long.csv")
        try project.write("kept\n", to: "other")
        try project.run(.dvswift, "add", "-q", "data", "other")
        return project
    }

    private static func plainCount(_ project: TemporaryProject) throws -> Int {
        try TreeSnapshot(of: project.path(".dvc/cache/files/md5")).paths.count {
            $0.contains("/")
        }
    }

    @Test func `only what the remote surely has can be dropped`() throws {
        let project = try Self.project()
        let refused = try project.attempt(.dvswift, "cache", "drop", "data")
        #expect(refused.status == 255)
        #expect(refused.errors.contains("data/long.csv"))
        try project.run(.dvswift, "push", "-q")
        let object = try #require(
            TreeSnapshot(of: project.remote).paths.last {
                $0.contains("/") && !$0.hasSuffix(".dir")
            }
        )
        let file = project.remote.appending(object)
        let intact = try file.readBytes()
        try file.setPermissions(0o644)
        let cache = try project.tree(".dvc/cache")
        for wrong in [[0] + intact.dropFirst(), intact.dropLast(1), [], intact + [0]] {
            try file.replaceContents(with: Array(wrong))
            let refused = try project.attempt(.dvswift, "cache", "drop", "data", "other")
            #expect(refused.status == 255, "\(refused)")
            #expect(try project.tree(".dvc/cache").difference(from: cache) == nil)
        }
        try file.replaceContents(with: intact)

        let output = try project.run(.dvswift, "cache", "drop", "data")
        #expect(output.contains("Dropped 6 objects"))
        #expect(try project.run(.dvswift, "status", "-c").contains("deleted:"))
        try project.remove("data")
        try project.run(.dvswift, "pull", "-q")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `objects change their form and stay what they are`() throws {
        let project = try Self.project(.dvc)
        #expect(try Self.plainCount(project) == 8)
        try project.run(.dvswift, "cache", "migrate", "--to", "encoded")
        #expect(try Self.plainCount(project) < 8)
        #expect(try project.run(.dvswift, "verify").contains("all intact"))
        try project.remove("data")
        try project.run(.dvswift, "checkout", "-q")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        try project.run(.dvswift, "cache", "migrate", "--to", "plain")
        #expect(try Self.plainCount(project) == 8)
        #expect(try project.run(.dvswift, "cache", "migrate", "--to", "plain").contains(" 0 obj"))
        try project.remove("data")
        try project.run(.dvc, "checkout", "-q")
        #expect(try project.run(.dvc, "status", "--json") == "{}\n")
    }

    @Test func `a damaged object is left alone`() throws {
        let project = try Self.project(.dvc)
        let name = try #require(
            TreeSnapshot(of: project.path(".dvc/cache/files/md5")).paths.first { $0.contains("/") }
        )
        let file = project.path(".dvc/cache/files/md5/" + name)
        try file.setPermissions(0o644)
        try file.replaceContents(with: [1, 2, 3])
        let result = try project.attempt(.dvswift, "cache", "migrate", "--to", "encoded")
        #expect(result.status == 1)
        #expect(try file.readBytes() == [1, 2, 3])
    }
}
