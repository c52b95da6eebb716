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
