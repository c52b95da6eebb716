import DVGit
import DVSystem
import DVTestSupport
import Testing

/// Commits of some files only; the real Git says what came of them.
@Suite struct GitCommitTests {
    private let real: RealRepository
    /// libgit2 knows nothing of the user that the environment of tests gives to Git.
    private let environment: ProcessEnvironment

    init() throws {
        real = try RealRepository()
        let home = real.directory.appending("home")
        environment = ProcessEnvironment(try TestEnvironment(home: home).entries())
        for name in ["mine", "sub/deep/mine", "other"] { try real.write("1", to: name) }
    }

    private func commit(_ names: String..., message: String = "ours") throws -> GitCommit? {
        try real.opened().commit(
            names.map { .wholeFile(at: real.root.appending($0)) },
            message: message,
            environment: environment
        )
    }

    @Test func `the first commit of a repository holds the files and nothing else`() throws {
        try real.git("add", "other")
        let made = try #require(try commit("mine", "sub/deep/mine"))
        #expect(made.parents.isEmpty)
        #expect(try real.git("ls-tree", "-r", "--name-only", "HEAD") == "mine\nsub/deep/mine\n")
        #expect(try real.git("status", "--porcelain") == "A  other\n")
        #expect(
            try real.git("log", "--format=%an %ae %cn %s").line
                == "Test User user@example.com Test User ours"
        )
        try real.git("fsck", "--strict")
    }

    @Test func `what else is staged stays staged, what is not staged stays so`() throws {
        try real.commit("first")
        for name in ["mine", "other"] { try real.write("2", to: name) }
        try real.git("add", "other")
        try real.write("3", to: "other")
        try real.write("2", to: "sub/deep/mine")
        #expect(try commit("mine") != nil)
        #expect(
            try real.git("show", "--format=%s", "--name-only").split(separator: "\n") == [
                "ours", "mine",
            ]
        )
        let status = try real.git("status", "--porcelain").split(separator: "\n").sorted()
        #expect(status == [" M sub/deep/mine", "MM other"])
    }

    @Test func `a file that is gone leaves the commit with the folders it was alone in`() throws {
        try real.commit("first")
        try real.root.appending("sub").removeTree()
        #expect(try commit("sub/deep/mine", "never/there") != nil)
        #expect(try real.git("ls-tree", "-r", "-t", "--name-only", "HEAD") == "mine\nother\n")
        #expect(try real.git("status", "--porcelain").isEmpty)
        try real.git("fsck", "--strict")
    }

    @Test func `without a change there is no commit`() throws {
        try real.commit("first")
        #expect(try commit("mine") == nil)
        #expect(try real.git("rev-list", "--count", "HEAD").line == "1")
    }

    @Test func `a detached HEAD moves and no branch does`() throws {
        try real.commit("first")
        let branch = try real.git("rev-parse", "main")
        try real.git("checkout", "--quiet", "--detach")
        try real.write("2", to: "mine")
        let made = try #require(try commit("mine"))
        #expect(try real.git("rev-parse", "HEAD").line == made.id.hex)
        #expect(try real.git("rev-parse", "main") == branch)
    }

    @Test func `the reflog tells of the commit as Git does`() throws {
        try real.commit("first")
        try real.write("2", to: "mine")
        _ = try commit("mine", message: "a line\n\n\nbody\n\n")
        #expect(try real.git("reflog", "-1", "--format=%gs", "main").line == "commit: a line")
        #expect(try real.git("log", "-1", "--format=%B") == "a line\n\nbody\n\n")
    }

    @Test func `nobody's commit, a commit without words and one during a merge are refused`() throws
    {
        try real.commit("first")
        try real.write("2", to: "mine")
        let mine = [GitFileChange.wholeFile(at: real.root.appending("mine"))]
        let nobody = try real.directory.write("", to: "nobody")
        #expect(throws: GitCommitRefusal.noIdentity(missing: "user.name")) {
            let environment = ProcessEnvironment(["GIT_CONFIG_GLOBAL=\(nobody)"])
            _ = try real.opened().commit(mine, message: "x", environment: environment)
        }
        #expect(throws: GitCommitRefusal.emptyMessage) { try commit("mine", message: " \n") }
        try real.write("\(try real.git("rev-parse", "HEAD"))", to: ".git/MERGE_HEAD")
        #expect(throws: GitCommitRefusal.unfinished("merge")) { try commit("mine") }
        #expect(try real.git("rev-list", "--count", "HEAD").line == "1")
        #expect(try real.git("diff", "--cached", "--name-only").isEmpty)
    }
}
