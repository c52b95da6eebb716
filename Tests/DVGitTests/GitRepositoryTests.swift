import DVGit
import DVSystem
import DVTestSupport
import Testing

@Suite struct GitRepositoryTests {
    @Test func `a repository is found from a folder below its root`() throws {
        let real = try RealRepository()
        try real.write("1", to: "a/b/file")
        let repository = try real.opened(from: "a/b")
        #expect(repository.workingDirectory == real.root)
        #expect(repository.gitDirectory == real.root.appending(".git"))
    }

    @Test func `a folder outside every repository has none`() throws {
        let directory = try TemporaryDirectory()
        #expect(try GitRepository.discover(from: directory.path) == nil)
    }

    @Test func `a linked worktree has its own root and Git directory`() throws {
        let real = try RealRepository()
        try real.git("commit", "--quiet", "--allow-empty", "--message", "first")
        try real.git("worktree", "add", "--quiet", "../linked")
        let linked = real.root.parent.appending("linked")
        let repository = try #require(try GitRepository.discover(from: linked))
        #expect(repository.workingDirectory == linked)
        #expect(repository.gitDirectory.string == real.root.string + "/.git/worktrees/linked")
    }

    @Test func `a bare repository is refused`() throws {
        let real = try RealRepository()
        try real.git("init", "--quiet", "--bare", "bare")
        #expect(throws: GitError.self) {
            try GitRepository.discover(from: real.root.appending("bare"))
        }
    }

    @Test func `ignore rules are those of Git`() throws {
        let real = try RealRepository()
        try real.write("*.tmp\n/top\nfolder/\n!kept.tmp\n", to: ".gitignore")
        try real.write("own\n", to: "sub/.gitignore")
        try real.write("excluded\n", to: ".git/info/exclude")
        let files = ["a.tmp", "kept.tmp", "top", "sub/top", "sub/own", "own", "excluded"]
        for name in files { try real.write("1", to: name) }
        try real.write("1", to: "sub/folder/file")
        let repository = try real.opened()
        for name in files + ["sub/folder", "sub/folder/file"] {
            let isIgnored = try repository.isIgnored(
                AbsolutePath(real.root.string + "/" + name) ?? real.root,
                isDirectory: name == "sub/folder"
            )
            #expect(try isIgnored == real.isIgnoredByGit(name), "\(name)")
        }
    }

    @Test func `a file and every folder above it are tracked`() throws {
        let real = try RealRepository()
        try real.write("1", to: "a/b")
        try real.write("1", to: "a/new")
        try real.git("add", "a/b")
        let repository = try real.opened()
        let folder = real.root.appending("a")
        #expect(try repository.isTracked(folder))
        #expect(try repository.isTracked(folder.appending("b")))
        #expect(try !repository.isTracked(folder.appending("new")))
        #expect(try !repository.isTracked(real.root.appending("absent")))
    }
}

@Suite struct GitStagingTests {
    @Test func `staging adds, updates and removes as Git does and leaves other entries alone`()
        throws
    {
        let real = try RealRepository()
        for name in ["changed", "deleted", "staged"] { try real.write("1", to: name) }
        try real.git("add", ".")
        try real.git("commit", "--quiet", "--message", "first")
        for name in ["changed", "staged"] { try real.write("22", to: name) }
        try real.git("add", "staged")
        try real.write("333", to: "staged")
        try real.write("content of its own", to: "new ü")
        try real.root.appending("deleted").removeFile()
        let names = ["changed", "deleted", "new ü", "never there"]
        try real.opened().stage(names.map { real.root.appending($0) })
        let status = try real.git("-c", "core.quotePath=false", "status", "--porcelain")
        #expect(status == "M  changed\nD  deleted\nA  \"new ü\"\nMM staged\n")
    }

    @Test func `a locked index is an error of its own and stays as it is`() throws {
        let real = try RealRepository()
        try real.write("1", to: "new")
        try real.write("", to: ".git/index.lock")
        let repository = try real.opened()
        let error = #expect(throws: GitError.self) {
            try repository.stage([real.root.appending("new")])
        }
        #expect(error?.isLocked == true)
        #expect(try real.root.appending(".git").appending("index.lock").exists())
        #expect(try real.git("ls-files").isEmpty)
    }
}
