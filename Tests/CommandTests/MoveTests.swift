import DVSystem
import DVTestSupport
import Testing

/// Moving tracked data, and making it writable, through the real binary.
@Suite struct MoveTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.write("1", to: "data/a")
        try project.run(.dvswift, "add", "data")
        try project.run(.git, "commit", "--quiet", "--message", "data")
    }

    @Test func `comments of a pointer move with it and everything is staged`() throws {
        let text = try project.text(of: "data.dvc")
        try project.write("# ours\n" + text, to: "data.dvc")
        try project.run(.dvswift, "move", "data", "other")
        let expected = "# ours\n" + text.replacing("path: data", with: "path: other")
        #expect(try project.text(of: "other.dvc") == expected)
        #expect(try project.text(of: ".gitignore") == "/other\n")
        let status = try project.run(.git, "status", "--porcelain", "--untracked-files=all")
        #expect(
            status.split(separator: "\n").allSatisfy { !$0.hasPrefix("??") && !$0.hasPrefix(" ") }
        )
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `a file that is in the way stays, and so does everything else`() throws {
        try project.write("mine", to: "other")
        let before = try project.tree()
        let result = try project.attempt(.dvswift, "move", "data", "other")
        #expect(result.status == 1)
        #expect(result.errors.contains("'other' exists already"))
        #expect(try project.tree().difference(from: before) == nil)
    }

    @Test(arguments: ["data/inside", "../outside", "x.dvc", ".dvc/x"])
    func `a place where data cannot be tracked is refused`(place: String) throws {
        let before = try project.tree()
        #expect(try project.attempt(.dvswift, "move", "data", place).status == 1)
        #expect(try project.tree().difference(from: before) == nil)
    }

    @Test func `data that is not here moves by its pointer`() throws {
        try project.remove("data")
        let result = try project.attempt(.dvswift, "move", "data", "other")
        #expect(result.status == 0)
        #expect(result.errors.contains("'data' missing"))
        try project.run(.dvswift, "checkout")
        #expect(try project.text(of: "other/a") == "1")
    }

    @Test func `linked data becomes writable and the cache stays as it is`() throws {
        try project.run(.dvswift, "config", "cache.type", "symlink")
        try project.run(.dvswift, "checkout", "--relink")
        #expect(try FileStatus.ifPresent(project.path("data/a"))?.isSymbolicLink == true)
        try project.run(.dvswift, "unprotect", "data")
        #expect(try FileStatus.ifPresent(project.path("data/a"))?.isRegular == true)
        try project.write("2", to: "data/a")
        try project.run(.dvswift, "checkout", "--force")
        #expect(try project.text(of: "data/a") == "1")
    }

    @Test func `a destroyed project keeps the data that was linked`() throws {
        try project.run(.dvswift, "config", "cache.type", "symlink")
        try project.run(.dvswift, "checkout", "--relink")
        try project.run(.dvswift, "destroy", "--force")
        #expect(try project.text(of: "data/a") == "1")
        #expect(try !project.exists(".dvc") && !project.exists("data.dvc"))
    }
}
