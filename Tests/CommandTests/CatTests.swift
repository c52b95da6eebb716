import DVSystem
import DVTestSupport
import Testing

/// `cat`, through the real binary.
@Suite struct CatTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.run(.dvswift, "remote", "add", "-d", "storage", "../remote")
        try project.write("old", to: "data/a")
        try project.write("other", to: "data/sub/b")
        try project.write("1", to: "params.yaml")
        try project.run(.git, "add", "params.yaml")
        try project.run(.dvswift, "add", "data", "-m", "first")
        try project.run(.git, "commit", "--quiet", "--all", "--message", "all")
        try project.run(.git, "tag", "v1")
        try project.run(.dvswift, "push")
        try project.write("new", to: "data/a")
        try project.write("2", to: "params.yaml")
        try project.run(.dvswift, "add", "data", "-m", "second")
        try project.run(.git, "commit", "--quiet", "--all", "--message", "more")
    }

    private func objects() throws -> Int {
        try TreeSnapshot(of: project.path(".dvc/cache")).paths.filter { $0.count > 32 }.count
    }

    @Test func `any revision of tracked and of Git's files can be read`() throws {
        #expect(try project.run(.dvswift, "cat", "--rev", "v1", "data/a") == "old\n")
        #expect(try project.run(.dvswift, "cat", "data/a") == "new\n")
        #expect(try project.run(.dvswift, "cat", "--rev", "v1", "params.yaml") == "1\n")
        #expect(try project.run(.dvswift, "cat", "params.yaml") == "2\n")
        #expect(try project.text(of: "data/a") == "new")
    }

    @Test func `what the cache lacks is fetched, and nothing else`() throws {
        try project.remove(".dvc/cache")
        #expect(try project.run(.dvswift, "cat", "--rev", "v1", "data/sub/b") == "other\n")
        // The listing and the file.
        #expect(try objects() == 2)
        let result = try project.attempt(.dvswift, "cat", "data/a")
        #expect(result.status == 1)
        #expect(result.errors.contains("data/a"))
    }

    @Test func `a damaged object is an error`() throws {
        try project.remove(".dvc/cache")
        try project.run(.dvswift, "cat", "--rev", "v1", "data/a")
        // MD5 of "old".
        let object = ".dvc/cache/files/md5/14/9603e6c03516362a8da23f624db945"
        if try project.exists(object) {
            try project.path(object).setPermissions(0o644)
            try project.write("bad", to: object)
            let result = try project.attempt(.dvswift, "cat", "--rev", "v1", "data/a")
            #expect(result.status == 1)
            #expect(result.output.isEmpty)
        }
    }

    @Test func `a directory, a stranger and an unknown revision are errors`() throws {
        for (path, revision, phrase) in [
            ("data", "v1", "is a directory"), ("data/sub", "v1", "is a directory"),
            ("nosuch", "v1", "neither tracked"), ("data/nosuch", "v1", "neither tracked"),
            ("data/a", "nowhere", "unknown Git revision 'nowhere'"),
        ] {
            let result = try project.attempt(.dvswift, "cat", "--rev", revision, path)
            #expect(result.status == 1)
            #expect(result.errors.contains(phrase), "\(result)")
        }
    }

    @Test func `a reader that goes away ends it quietly`() throws {
        let bytes = [UInt8](repeating: 7, count: 3 << 20)
        try project.write(bytes, to: "large")
        try project.run(.dvswift, "add", "large")
        let program = try Tool.dvswift.program
        let result = try project.attempt(["sh", "-c", "'\(program)' cat large | head -c 1 | wc -c"])
        #expect(result.output.contains("1"))
        #expect(result.errors.isEmpty)
    }
}
