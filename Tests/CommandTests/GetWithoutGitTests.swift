import DVSystem
import DVTestSupport
import Testing

/// `get` and its relatives from a project without Git, through the real binary.
@Suite struct GetWithoutGitTests {
    private let source: TemporaryProject

    init() throws {
        source = try TemporaryProject(git: false)
        try source.write("one\n", to: "data/a")
        try source.write("two\n", to: "data/sub/b")
        try source.write("plain\n", to: "notes.txt")
        try source.run(.dvswift, "add", "data")
        try source.path("../elsewhere").makeDirectories()
    }

    private func get(_ arguments: String...) throws -> ProgramResult {
        try source.attempt(.dvswift, ["get", "../work"] + arguments, in: "../elsewhere")
    }

    private func text(_ name: String) throws -> String {
        try source.text(of: "../elsewhere/" + name)
    }

    @Test(arguments: ["workspace", "cache", "remote"])
    func `files come from the workspace, the cache or the remote`(place: String) throws {
        try source.run(.dvswift, "remote", "add", "-d", "store", source.remote.string)
        try source.run(.dvswift, "push")
        if place != "workspace" { try source.remove("data") }
        if place == "remote" { try source.remove(".dvc/cache") }
        try get("data").checkingSuccess()
        try get("data/sub/b", "-o", "part").checkingSuccess()
        try get("notes.txt").checkingSuccess()
        #expect(try text("data/a") + text("data/sub/b") == "one\ntwo\n")
        #expect(try text("part") + text("notes.txt") == "two\nplain\n")
        let object = "\(source.remote)/files/md5/5b/bf5a52328e7439ae6e719dfe712200\n"
        #expect(try get("data/a", "--show-url").output == object)
        #expect(try source.exists(".dvc/cache") == (place != "remote"))
        let left = try source.tree("../elsewhere").paths.filter { $0.contains(".dvswift-tmp") }
        #expect(left.isEmpty)
    }

    @Test(arguments: [
        (["nope"], 255, "No such file or directory: 'nope'"),
        (["data"], 1, "1 file could not be fetched:\n  data"), (["data/a"], 1, "\n  data"),
        (["data", "--rev", "x"], 1, "Only supported for Git repositories"),
    ])
    func `what cannot be had is named, and nothing is written`(
        arguments: [String],
        status: Int32,
        words: String
    ) throws {
        for name in ["data", ".dvc/cache"] { try source.remove(name) }
        let result = try source.attempt(
            .dvswift,
            ["get", "../work"] + arguments,
            in: "../elsewhere"
        )
        #expect(result.status == status, "\(result)")
        #expect(result.errors.contains(words), "\(result)")
        #expect(try source.tree("../elsewhere").paths.isEmpty)
    }

    @Test func `an import needs a revision to record`() throws {
        let user = try TemporaryProject()
        let result = try user.attempt(.dvswift, "import", source.root.string, "data")
        #expect(result.status == 1)
        #expect(result.errors.contains("Only supported for Git repositories"))
        #expect(try !user.exists("data.dvc"))
    }
}
