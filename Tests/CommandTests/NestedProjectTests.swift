import DVTestSupport
import Testing

/// Several projects in one repository, and repositories within repositories.
@Suite struct NestedProjectTests {
    // MARK: Many projects

    /// A project at the root and two in folders, all with data, a stage and a remote.
    private func manyProjects() throws -> TemporaryProject {
        let project = try TemporaryProject()
        for folder in [".", "p1", "p2"] {
            try project.path(folder).makeDirectories()
            if folder != "." {
                try project.run(.dvswift, ["init", "-q", "--subdir"], in: folder)
            }
            try project.write(folder, to: folder + "/data/deep/file")
            let text =
                "stages:\n  s:\n    cmd: cp data/deep/file o\n    deps: [data]\n    outs: [o]\n"
            try project.write(text, to: folder + "/dvc.yaml")
            try project.run(.dvswift, ["add", "-q", "data"], in: folder)
            try project.run(.dvswift, ["repro", "-q"], in: folder)
            let remote = ["remote", "add", "-q", "-d", "r", project.remote.string]
            try project.run(.dvswift, remote, in: folder)
            try project.run(.dvswift, ["push", "-q"], in: folder)
        }
        try project.commit("all")
        return project
    }

    private static let commands = [
        "status", "status -c", "add data", "commit -f", "checkout", "repro", "push", "pull",
        "diff HEAD", "ls -R .", "gc -a -f", "log data", "verify", "move data elsewhere",
    ]

    @Test(arguments: ["p1", "."])
    func `what works in one project opens nothing of the others`(folder: String) throws {
        let project = try manyProjects()
        // Their folder itself is opened to see that it is a project.
        let others = folder == "." ? ["p1", "p2"] : ["p2"]
        let watches = try others.map {
            try OpenedFiles(below: project.path($0), countingFolders: true)
        }
        for command in Self.commands {
            let arguments = command.split(separator: " ").map(String.init)
            try project.run(.dvswift, arguments, in: folder)
            for watch in watches { #expect(try watch.names() == [], "\(command)") }
        }
        // The seam sees what it is for.
        try project.run(.dvswift, ["status"], in: "p2")
        #expect(try watches.last?.names().contains("dvc.yaml") == true)
    }

    @Test func `data of an inner project belongs to it`() throws {
        let project = try manyProjects()
        let told = try project.run(.dvswift, "ls", "-R", ".")
        #expect(!told.contains("p1/data") && told.contains("data/deep/file"))
        let result = try project.attempt(.dvswift, "add", "p1")
        #expect(result.status == 1)
        #expect(try !project.exists("p1.dvc"))
    }

    // MARK: Submodules

    /// A repository with a project in its root and another project in a submodule.
    private func withSubmodule() throws -> TemporaryProject {
        let inner = try TemporaryProject()
        try inner.write("1", to: "data")
        try inner.run(.dvswift, "cache", "dir", inner.surroundings.string + "/cache")
        try inner.run(.dvswift, "add", "data")
        try inner.write("code", to: "lib/code")
        try inner.commit("inner")
        let project = try TemporaryProject()
        try project.run(.git, "submodule", "--quiet", "add", inner.root.string, "sub")
        try project.commit("outer")
        return project
    }

    @Test func `a project in a submodule works with the repository of the submodule`() throws {
        let project = try withSubmodule()
        try project.write("2", to: "sub/data")
        try project.run(.dvswift, ["add", "data", "-m", "in the submodule"], in: "sub")
        #expect(
            try project.run(.git, ["log", "-1", "--format=%s"], in: "sub") == "in the submodule\n"
        )
        #expect(try project.run(.git, "status", "--porcelain") == " M sub\n")
        let change = try project.run(.dvswift, ["diff", "HEAD~1", "--json"], in: "sub")
        #expect(change.contains(#""modified": [{"path": "data"}]"#))
        try project.run(.dvswift, ["install"], in: "sub")
        #expect(try project.exists(".git/modules/sub/hooks/pre-push"))
        #expect(try !project.exists(".git/hooks/pre-push"))
        let told = try project.run(.dvswift, ["gc", "-a", "-f"], in: "sub")
        #expect(told.contains("No unused 'repo' cache"))
    }

    @Test func `the outer project leaves the submodule alone`() throws {
        let project = try withSubmodule()
        try project.write("new", to: "sub/lib/new")
        let before = try project.tree()
        for command in [
            ["add", "sub/lib/new"],
            ["stage", "add", "-n", "s", "-o", "sub/lib/out", "true"],
        ] {
            let result = try project.attempt(.dvswift, command)
            #expect(result.status != 0)
            #expect(result.errors.contains("is in the Git submodule"))
        }
        #expect(try project.tree().difference(from: before) == nil)
        try project.write("mine", to: "mine")
        try project.run(.dvswift, "add", "mine", "-m", "mine")
        #expect(
            try project.run(.git, "ls-tree", "HEAD", "sub").hasPrefix("160000 commit")
        )
        #expect(try project.run(.git, "status", "--porcelain") == " M sub\n")
    }

    @Test func `outputs of a pipeline in a submodule are not staged outside of it`() throws {
        let project = try withSubmodule()
        try project.write(
            "stages:\n  s:\n    cmd: echo 1 > o\n    outs: [o]\n",
            to: "sub/lib/dvc.yaml"
        )
        try project.remove("sub/.dvc")
        let result = try project.attempt(.dvswift, ["repro", "sub/lib/dvc.yaml"])
        #expect(result.status == 0)
        #expect(result.errors.contains("a repository of its own: not staged"))
        #expect(try project.run(.git, "diff", "--cached", "--name-only").isEmpty)
        try project.git("fsck", "--strict").checkingSuccess()
    }

    @Test func `a clone inside of the repository stays out of its index`() throws {
        let project = try TemporaryProject()
        try project.run(.git, "init", "--quiet", "clone")
        try project.write("1", to: "clone/data")
        let result = try project.attempt(.dvswift, "add", "clone/data")
        #expect(result.status == 0)
        #expect(result.errors.contains("not staged"))
        #expect(!(try project.run(.git, "ls-files").contains("clone")))
    }
}
