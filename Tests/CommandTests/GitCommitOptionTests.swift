import DVTestSupport
import Testing

/// `add -m` and `commit -m`, through the real binary.
@Suite struct GitCommitOptionTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.run(.git, "commit", "--quiet", "--message", "init")
        try project.write("1", to: "data/a")
        try project.write("mine", to: "mine")
        try project.run(.git, "add", "mine")
    }

    @Test func `add commits the pointer and the ignore file, and nothing else`() throws {
        let output = try project.run(.dvswift, "add", "data", "-m", "Track data")
        #expect(output.contains("to Git: Track data"))
        let shown = try project.run(.git, "show", "--name-only", "--format=%s")
        #expect(shown.split(separator: "\n") == ["Track data", ".gitignore", "data.dvc"])
        #expect(try project.run(.git, "status", "--porcelain") == "A  mine\n")
    }

    @Test func `commit takes the pointers of its targets, also those an earlier add wrote`() throws
    {
        try project.run(.dvswift, "add", "data")
        try project.write("2", to: "data/a")
        try project.run(.dvswift, "commit", "--force", "-m", "New data")
        let shown = try project.run(.git, "show", "--name-only", "--format=%s")
        #expect(shown.split(separator: "\n") == ["New data", "data.dvc"])
        let again = try project.run(.dvswift, "commit", "-m", "Again")
        #expect(again.contains("Nothing to commit"))
    }

    @Test func `of an ignore file only the entry is committed`() throws {
        try project.write("/old\n", to: ".gitignore")
        try project.run(.git, "add", ".gitignore")
        try project.run(.git, "commit", "--quiet", "-m", "rules", "--", ".gitignore")
        try project.write("/old\n/staged\n", to: ".gitignore")
        try project.run(.git, "add", ".gitignore")
        try project.write("/old\n/staged\n# a thought\n", to: ".gitignore")
        try project.run(.dvswift, "add", "data", "-m", "Track data")
        #expect(try project.run(.git, "show", "HEAD:.gitignore") == "/old\n/data\n")
        #expect(try project.run(.git, "show", ":.gitignore") == "/old\n/staged\n/data\n")
        let here = try project.text(of: ".gitignore")
        #expect(here == "/old\n/staged\n# a thought\n/data\n")
        let status = try project.run(.git, "status", "--porcelain")
        #expect(status == "MM .gitignore\nA  mine\n")
    }

    @Test func `an ignore file that Git does not have yet starts with the entry`() throws {
        try project.write("*.tmp\n", to: ".gitignore")
        try project.run(.dvswift, "add", "data", "-m", "Track data")
        #expect(try project.run(.git, "show", "HEAD:.gitignore") == "/data\n")
        #expect(try project.text(of: ".gitignore") == "*.tmp\n/data\n")
        #expect(try project.run(.git, "diff", ".gitignore").contains("+*.tmp") == true)
        try project.run(.git, "commit", "--quiet", "--all", "--message", "rest")
        try project.run(.git, "fsck", "--strict")
    }

    @Test func `without a message nothing is added`() throws {
        let result = try project.attempt(.dvswift, "add", "data", "-m", "")
        #expect(result.status == 1)
        #expect(result.errors.contains("message is empty"))
        #expect(try !project.exists("data.dvc"))
    }

    @Test func `without Git there is nothing to commit to`() throws {
        let plain = try TemporaryProject(git: false)
        try plain.write("1", to: "data")
        let result = try plain.attempt(.dvswift, "add", "data", "-m", "x")
        #expect(result.status == 1)
        #expect(result.errors.contains("not in a Git repository"))
        #expect(try !plain.exists("data.dvc"))
    }
}
