import DVSystem
import DVTestSupport
import Testing

/// Merges that Git does with `dvswift install`.
@Suite struct MergeTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        for name in ["a", "b", "c"] { try project.write(name, to: "data/" + name) }
        try project.run(.dvswift, "add", "data")
        try project.run(.dvswift, "stage", "add", "-n", "one", "-o", "o1", "echo 1 > o1")
        try project.run(.dvswift, "stage", "add", "-n", "two", "-o", "o2", "echo 2 > o2")
        try project.run(.dvswift, "repro")
        try project.run(.git, "add", "--all")
        try project.run(.git, "commit", "--quiet", "--message", "base")
        try project.run(.dvswift, "install")
        try project.run(.git, "commit", "--quiet", "--no-verify", "--message", "attributes")
    }

    /// A commit of everything on a branch of its own, and one on the main branch.
    private func diverge(_ side: () throws -> Void, _ main: () throws -> Void) throws {
        try project.git("checkout", "--quiet", "-b", "side").checkingSuccess()
        try side()
        try project.git("commit", "--quiet", "--all", "--message", "side").checkingSuccess()
        try project.git("checkout", "--quiet", "main").checkingSuccess()
        try main()
        try project.git("commit", "--quiet", "--all", "--message", "main").checkingSuccess()
    }

    private func add(_ text: String, to file: String) throws {
        try project.write(text, to: file)
        try project.run(.dvswift, "add", "data")
    }

    private func run(_ stage: String, _ command: String, _ output: String) throws {
        let arguments = ["stage", "add", "-f", "-n", stage, "-o", output, command + " > " + output]
        try project.run(.dvswift, arguments)
        try project.run(.dvswift, "repro", stage)
    }

    @Test func `files of both sides are in the merged directory`() throws {
        try diverge({ try add("new", to: "data/new") }, { try add("changed", to: "data/a") })
        try project.git("merge", "--quiet", "side").checkingSuccess()
        try project.run(.dvswift, "checkout")
        #expect(try project.text(of: "data/new") == "new")
        #expect(try project.text(of: "data/a") == "changed")
        #expect(try project.text(of: "data.dvc").contains("nfiles: 4"))
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `a file that both sides changed is a conflict that can be read`() throws {
        try diverge({ try add("1", to: "data/a") }, { try add("2", to: "data/a") })
        let result = try project.git("merge", "--quiet", "side")
        #expect(result.status == 1)
        #expect(result.errors.contains("unable to auto-merge the following paths:\n  a"))
        #expect(try project.text(of: "data.dvc").contains("<<<<<<< ours\n- md5:"))
        #expect(try project.run(.git, "status", "--porcelain").contains("UU data.dvc"))
    }

    @Test func `runs of different stages are merged`() throws {
        try diverge({ try run("one", "echo x", "o1") }, { try run("two", "echo y", "o2") })
        try project.git("merge", "--quiet", "side").checkingSuccess()
        let lock = try project.text(of: "dvc.lock")
        #expect(lock.contains("cmd: echo x > o1") && lock.contains("cmd: echo y > o2"))
        try project.run(.dvswift, "checkout")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `one stage run by both sides stands between markers`() throws {
        try diverge({ try run("one", "echo x", "o1") }, { try run("one", "echo y", "o1") })
        let result = try project.git("merge", "--quiet", "side")
        #expect(result.status == 1)
        #expect(result.errors.contains("both sides changed these stages:\n  one"))
        let lock = try project.text(of: "dvc.lock")
        #expect(lock.contains("stages:\n<<<<<<< ours\n  one:\n    cmd: echo y > o1\n"))
        #expect(lock.contains(">>>>>>> theirs\n  two:\n"))
    }

    @Test func `outside of projects pointers are merged line by line`() throws {
        let plain = try TemporaryProject(madeBy: nil)
        for (name, text) in [("base", "a\n"), ("ours", "b\n"), ("theirs", "c\n")] {
            try plain.write(text, to: name)
        }
        let result = try plain.attempt(
            .dvswift,
            [
                "git-hook", "merge-driver", "--ancestor", "base", "--our", "ours", "--their",
                "theirs",
            ]
                + ["--path", "x.dvc"]
        )
        #expect(result.status == 1)
        #expect(try plain.text(of: "ours") == "<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n")
    }

    @Test func `hooks of the user stay as they are`() throws {
        try project.path(".git/hooks").removeTree()
        try project.write("mine", to: ".git/hooks/pre-push")
        let result = try project.attempt(.dvswift, "install")
        #expect(result.status == 1)
        #expect(result.errors.contains("Hook 'pre-push' already exists"))
        #expect(try project.text(of: ".git/hooks/pre-push") == "mine")
        #expect(try !project.exists(".git/hooks/pre-commit"))
    }

    @Test func `the pre-commit tool gets its entries once, and comments stay`() throws {
        try project.write(
            "# ours\nrepos:\n  - repo: x  # first\n    hooks: []\n",
            to: ".pre-commit-config.yaml"
        )
        for _ in 0..<2 { try project.run(.dvswift, "install", "--use-pre-commit-tool") }
        let text = try project.text(of: ".pre-commit-config.yaml")
        #expect(text.hasPrefix("# ours\nrepos:\n  - repo: x  # first\n    hooks: []\n"))
        #expect(text.split(separator: "dvswift git-hook pre-push").count == 2)
    }

    @Test func `hooks do nothing outside of projects and for checkouts of files`() throws {
        try project.remove("data")
        try project.run(.dvswift, "git-hook", "post-checkout", "old", "new", "0")
        #expect(try !project.exists("data"))
        try project.run(.dvswift, "git-hook", "post-checkout", "old", "new", "1")
        #expect(try project.exists("data"))
        let plain = try TemporaryProject(madeBy: nil)
        try plain.run(.dvswift, "git-hook", "pre-push", "origin", "url")
    }
}
