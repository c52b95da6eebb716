import DVSystem
import DVTestSupport
import Testing

/// Imports by both tools: the same pointers, byte for byte, and data that either can bring back.
@Suite struct ImportInteropTests {
    /// A project with a repository beside it, whose data has a remote of its own.
    private static func project(madeBy maker: Tool) throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.commit("init")
        let source = try project.clone(named: "source")
        try source.write("one\n", to: "data/a")
        try source.write("two\n", to: "data/sub/b")
        try source.write("code\n", to: "scripts/run.sh")
        try source.run(maker, "add", "-q", "data")
        try source.commit("first")
        try project.write("raw\n", to: "../raw/file")
        return project
    }

    private static let imports = [
        ["import", "../source", "data"],
        ["import", "../source", "data/sub", "-o", "part"],
        ["import", "../source", "scripts", "--rev", "main"],
        ["import", "../source", "data/a", "-o", "later", "--no-download"],
        ["import", "../source", "data/a", "-o", "pointer", "--no-exec"],
        ["import-url", "../raw"],
        ["import-url", "../raw/file", "later-file", "--no-download"],
        ["import-url", "../raw/file", "pointer-file", "--no-exec"],
    ]

    @Test func `both tools write the same pointers and files`() throws {
        let ours = try Self.project(madeBy: .dvc)
        let copies = try TemporaryDirectory()
        let theirs = copies.appending("theirs")
        for command in Self.imports { try ours.run(.dvc, command + ["-q"]) }
        try ours.attempt(["cp", "-r", ours.root.string, theirs.string]).checkingSuccess()
        let expected = try ours.tree()
        try ours.attempt(["git", "clean", "-qfdx", "-e", ".dvc"]).checkingSuccess()
        try ours.remove(".dvc/cache")
        for command in Self.imports { try ours.run(.dvswift, command + ["-q"]) }
        #expect(try ours.tree().difference(from: expected) == nil)
        #expect(try ours.text(of: "data.dvc") == ours.text(of: theirs.string + "/data.dvc"))
    }

    @Test(arguments: [Pair(maker: .dvc, user: .dvswift), Pair(maker: .dvswift, user: .dvc)])
    func `what one tool imported the other updates and pulls`(pair: Pair) throws {
        let project = try Self.project(madeBy: pair.user)
        try project.run(pair.maker, "import", "-q", "../source", "data")
        #expect(try project.run(pair.user, "status", "--json") == "{}\n")
        for name in ["data", ".dvc/cache"] { try project.remove(name) }
        try project.run(pair.user, "pull", "-q")
        #expect(try project.text(of: "data/sub/b") == "two\n")
        #expect(try project.run(pair.maker, "status", "--json") == "{}\n")
    }
}
