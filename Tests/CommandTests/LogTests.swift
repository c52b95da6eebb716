import DVTestSupport
import Testing

/// The past of tracked data, through the real binary.
@Suite struct LogTests {
    private let project: TemporaryProject

    /// Two versions of a directory, a file that came and went, and a stage.
    init() throws {
        project = try TemporaryProject()
        try project.write("1", to: "data/a")
        try project.write("b", to: "data/sub/b")
        try project.run(.dvswift, "add", "data", "-m", "first")
        try project.write("text", to: "notes.txt")
        try project.run(.git, "add", "notes.txt")
        try project.run(.git, "commit", "--quiet", "--message", "unrelated")
        try project.write("22", to: "data/a")
        try project.run(.dvswift, "add", "data", "-m", "second")
        try project.write("file", to: "file")
        try project.run(.dvswift, "add", "file", "-m", "third")
        try project.run(
            .dvswift,
            "stage",
            "add",
            "-n",
            "make",
            "-d",
            "data",
            "-o",
            "out",
            "cat data/a > out"
        )
        try project.run(.dvswift, "repro")
        try project.run(.git, "commit", "--quiet", "--all", "--message", "fourth")
        try project.run(.dvswift, "remove", "file.dvc")
        try project.run(.git, "commit", "--quiet", "--all", "--message", "fifth")
    }

    private func log(_ arguments: String...) throws -> [String] {
        try project.run(.dvswift, ["log"] + arguments).split(separator: "\n").map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).dropFirst(5)
                .joined(separator: " ")
        }
    }

    @Test func `commits that changed a path are listed, newest first`() throws {
        #expect(try log("data").map { String($0.prefix(1)) } == ["M", "A"])
        #expect(try log("data").map { String($0.suffix(6)) } == ["second", " first"])
        #expect(try log("data.dvc") == (try log("data")))
        #expect(try log("-n", "1", "data").count == 1)
    }

    @Test func `a file in a directory has its own past`() throws {
        #expect(try log("data/a").map { String($0.prefix(1)) } == ["M", "A"])
        #expect(try log("data/sub/b").count == 1)
        #expect(try log("data/sub").count == 1)
        #expect(try project.run(.dvswift, "log", "--json", "data/a").contains(#""size": 2"#))
    }

    @Test func `a pointer that is gone is a deletion`() throws {
        #expect(try log("file").map { String($0.prefix(1)) } == ["D", "A"])
    }

    @Test func `outputs of stages have a past too`() throws {
        #expect(try log("out").map { String($0.suffix(6)) } == ["fourth"])
    }

    @Test func `without the listing the directory's changes are listed`() throws {
        try project.remove(".dvc/cache")
        #expect(try log("data/sub/b").count == 2)
        #expect(try project.run(.dvswift, "log", "--json", "data/sub/b").contains(#""md5": null"#))
    }

    @Test func `an object leads to the commits and paths that use it`() throws {
        // The content "1", which only the first two commits have.
        let digest = "c4ca4238a0b923820dcc509a6f75849b"
        let lines = try project.run(.dvswift, "log", "--object", digest).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.hasSuffix("data/a") })
        #expect(
            try project.attempt(.dvswift, "log", "--object", String(digest.reversed())).status == 1
        )
    }

    @Test func `a path that was never tracked is an error`() throws {
        for path in ["nosuch", "notes.txt", "data/nosuch", "../x"] {
            let result = try project.attempt(.dvswift, "log", path)
            #expect(result.status == 1, "\(result)")
            #expect(result.errors.contains("not tracked"))
        }
    }
}
