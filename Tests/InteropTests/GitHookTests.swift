import DVTestSupport
import Testing

/// What Git calls does the same in both tools.
@Suite struct GitHookTests {
    /// Three versions of a pointer to a directory, as Git gives them to a merge driver.
    private func versions() throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: .dvc)
        for name in ["a", "b", "c"] { try project.write(name, to: "data/" + name) }
        try project.run(.dvc, "add", "-q", "data")
        try project.write(try project.text(of: "data.dvc"), to: "base")
        try project.write("theirs", to: "data/new/file")
        try project.remove("data/c")
        try project.run(.dvc, "add", "-q", "data")
        try project.write(try project.text(of: "data.dvc"), to: "theirs")
        try project.remove("data/new")
        try project.write("c", to: "data/c")
        try project.write("ours", to: "data/a")
        try project.run(.dvc, "add", "-q", "data")
        try project.write(try project.text(of: "data.dvc"), to: "ours")
        return project
    }

    private static let driver = [
        "git-hook", "merge-driver", "--ancestor", "base", "--our", "ours", "--their", "theirs",
    ]

    @Test func `pointers are merged alike`() throws {
        let project = try versions()
        let ours = try project.text(of: "ours")
        try project.run(.dvc, Self.driver)
        let expected = try project.text(of: "ours")
        #expect(expected != ours)
        try project.write(ours, to: "ours")
        try project.run(.dvswift, Self.driver)
        #expect(try project.text(of: "ours") == expected)
        // The listing that dvswift wrote is one that DVC can check out.
        try project.write(expected, to: "data.dvc")
        try project.run(.dvc, "checkout", "-q", "--force")
        #expect(try project.text(of: "data/a") == "ours")
        #expect(try project.text(of: "data/new/file") == "theirs")
        #expect(try !project.exists("data/c"))
    }

    @Test(arguments: [Tool.dvc, .dvswift])
    func `what cannot be merged is an error that names the file`(tool: Tool) throws {
        let project = try versions()
        try project.write("third", to: "data/a")
        try project.run(.dvc, "add", "-q", "data")
        try project.write(try project.text(of: "data.dvc"), to: "theirs")
        let result = try project.attempt(tool, Self.driver)
        #expect(result.status != 0)
        #expect(result.errors.contains("unable to auto-merge the following paths:"))
        #expect(result.errors.contains("a"))
    }

    @Test(arguments: [Tool.dvc, .dvswift])
    func `a hook that exists is not overwritten`(tool: Tool) throws {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.write("mine", to: ".git/hooks/pre-push")
        let result = try project.attempt(tool, "install")
        #expect(result.status == 1)
        #expect(
            result.errors.contains(
                "failed to install DVC Git hooks - Hook 'pre-push' already exists"
            )
        )
        #expect(try project.text(of: ".git/hooks/pre-push") == "mine")
        #expect(try project.run(.git, "config", "merge.dvc.name") == "DVC merge driver\n")
    }

    @Test(arguments: [Tool.dvc, .dvswift])
    func `after a checkout of a commit the data is checked out`(tool: Tool) throws {
        let project = try versions()
        try project.remove("data")
        try project.run(tool, "git-hook", "post-checkout", "old", "new", "0")
        #expect(try !project.exists("data"))
        try project.run(tool, "git-hook", "post-checkout", "old", "new", "1")
        #expect(try project.text(of: "data/a") == "ours")
    }
}
