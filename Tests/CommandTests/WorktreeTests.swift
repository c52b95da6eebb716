import DVTestSupport
import Testing

/// A linked worktree of a Git repository, whose hooks, merge drivers and objects it shares.
@Suite struct WorktreeTests {
    private let project: TemporaryProject
    private let place = "a 'b' \"c\""
    private let tree = "../linked tree"

    init() throws {
        project = try TemporaryProject()
        try project.run(.dvswift, "cache", "dir", project.surroundings.string + "/cache")
        for name in ["a", "b"] { try project.write(name, to: "data/" + name) }
        try project.run(.dvswift, "add", "data")
        try write(one: 1, two: 1, in: ".")
        try project.run(.dvswift, "install")
        try project.git("add", "--all").checkingSuccess()
        try project.git("commit", "--quiet", "--message", "base").checkingSuccess()
        try project.git("worktree", "add", "--quiet", tree, "-b", "side").checkingSuccess()
    }

    /// Runs two stages in a sub-folder whose name has what shells treat specially.
    private func write(one: Int, two: Int, in root: String) throws {
        let text = """
            stages:
              one:
                cmd: echo \(one) > o1
                outs: [o1]
              two:
                cmd: echo \(two) > o2
                outs: [o2]

            """
        try project.write(text, to: "\(root)/\(place)/dvc.yaml")
        try project.run(.dvswift, ["repro", "-q"], in: "\(root)/\(place)")
    }

    private func commit(_ root: String) throws {
        try project.git("commit", "--quiet", "--all", "--message", "x", in: root).checkingSuccess()
    }

    @Test func `making it runs the hook, and a commit there moves its branch only`() throws {
        #expect(try project.text(of: tree + "/data/a") == "a")
        try project.write("new", to: tree + "/data/new")
        try project.run(.dvswift, ["add", "data", "-m", "new"], in: tree)
        #expect(try project.run(.git, "log", "-1", "--format=%s", "side") == "new\n")
        #expect(try project.run(.git, "log", "-1", "--format=%s", "main") == "base\n")
        #expect(try project.run(.git, ["status", "--porcelain"], in: tree).isEmpty)
        #expect(try project.run(.dvswift, ["status", "--json"], in: tree) == "{}\n")
        let change = try project.run(.dvswift, ["diff", "HEAD~1", "--json"], in: tree)
        #expect(change.contains(#""added": [{"path": "data/new"}]"#))
    }

    @Test func `a collection keeps what any branch needs`() throws {
        try project.write("new", to: tree + "/data/new")
        try project.run(.dvswift, ["add", "data", "-m", "new"], in: tree)
        for folder in [".", tree] {
            let told = try project.run(.dvswift, ["gc", "-a", "-f"], in: folder)
            #expect(told.contains("No unused 'repo' cache"))
        }
        // The branch of the other worktree is not what this one has.
        let told = try project.run(.dvswift, ["gc", "-w", "-f"])
        #expect(told.contains("Removed 2 objects"))
    }

    @Test func `an index that Git has locked is left alone`() throws {
        try project.write("", to: ".git/worktrees/linked tree/index.lock")
        try project.write("new", to: "data/new")
        // The index of the main tree is another one.
        try project.run(.dvswift, "add", "data", "-m", "main")
        try project.remove(".git/worktrees/linked tree/index.lock")
        try project.run(.dvswift, ["add", "data", "-m", "side"], in: tree)
    }

    @Test func `stages that each side ran are merged, from a sub-folder too`() throws {
        try write(one: 2, two: 1, in: tree)
        try commit(tree)
        try write(one: 1, two: 3, in: ".")
        try commit(".")
        let folder = "\(tree)/\(place)"
        try project.git("merge", "--quiet", "main", in: folder).checkingSuccess()
        let lock = try project.text(of: folder + "/dvc.lock")
        #expect(lock.contains("cmd: echo 2 > o1") && lock.contains("cmd: echo 3 > o2"))
        try project.run(.dvswift, ["checkout"], in: tree)
        #expect(try project.run(.dvswift, ["status", "--json"], in: tree) == "{}\n")
    }

    @Test func `a stage that both sides ran is a conflict that names its file`() throws {
        try write(one: 2, two: 1, in: tree)
        try commit(tree)
        try write(one: 3, two: 1, in: ".")
        try commit(".")
        let result = try project.git("merge", "--quiet", "main", in: "\(tree)/\(place)")
        #expect(result.status == 1)
        #expect(result.errors.contains("'\(place)/dvc.lock': both sides changed these stages:"))
        let lock = try project.text(of: "\(tree)/\(place)/dvc.lock")
        #expect(lock.contains("<<<<<<< ours\n  one:\n    cmd: echo 2 > o1\n"))
        #expect(lock.contains(">>>>>>> theirs\n  two:\n"))
        try project.git("merge", "--abort", in: tree).checkingSuccess()
        #expect(try project.run(.git, ["status", "--porcelain"], in: tree).isEmpty)
    }
}
