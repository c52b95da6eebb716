import DVSystem
import DVTestSupport
import Testing

/// `import` from a project beside this one, through the real binary.
@Suite struct ImportTests {
    private let project: TemporaryProject
    /// The repository that has the data.
    private let source: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.commit("init")
        source = try project.clone(named: "source")
        try source.write("one\n", to: "data/a")
        try source.write("two\n", to: "data/sub/b")
        try source.write("first\n", to: "file.bin")
        try source.write("code\n", to: "scripts/run.sh")
        try source.run(.dvswift, "add", "data", "file.bin")
        try source.commit("first")
    }

    @Test func `an import records where it came from and can be checked out again`() throws {
        try project.run(.dvswift, "import", "../source", "data")
        try project.run(.dvswift, "import", "../source", "scripts", "-o", "tools/all")
        #expect(try project.text(of: "data/sub/b") == "two\n")
        #expect(try project.text(of: "tools/all/run.sh") == "code\n")
        let head = try source.run(.git, "rev-parse", "HEAD")
        let pointer = try project.text(of: "data.dvc")
        #expect(
            pointer.contains("frozen: true\ndeps:\n- path: data\n  repo:\n    url: ../source\n")
        )
        #expect(pointer.contains("    rev_lock: \(head)outs:\n- md5: "))
        try project.remove("data")
        try project.run(.dvswift, "checkout")
        #expect(try project.text(of: "data/a") == "one\n")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `data of a project in a folder of the repository is found from both places`() throws
    {
        try source.path("sub").makeDirectories()
        try source.run(.dvswift, ["init", "--subdir", "-q"], in: "sub")
        try source.write("deep\n", to: "sub/deep.bin")
        try source.run(.dvswift, ["add", "deep.bin"], in: "sub")
        try source.commit("sub-project")
        try project.run(.dvswift, "import", "../source", "sub/deep.bin", "-o", "one")
        try project.run(.dvswift, "import", "../source/sub", "deep.bin", "-o", "two")
        try project.run(.dvswift, "import", "../source", "sub", "-o", "three")
        for name in ["one", "two", "three/deep.bin"] {
            #expect(try project.text(of: name) == "deep\n")
        }
    }

    @Test func `an import of an import comes from the first repository`() throws {
        try project.run(.dvswift, "import", "../source", "data")
        try project.commit("import")
        try project.remove(".dvc/cache")
        let third = try project.clone(named: "third")
        try third.run(.dvswift, "import", "../work", "data/sub", "-o", "sub")
        #expect(try third.text(of: "sub/b") == "two\n")
    }

    @Test func `without download or execution there is a pointer only`() throws {
        try project.run(.dvswift, "import", "../source", "data", "--no-download")
        try project.run(.dvswift, "import", "../nowhere", "file.bin", "--no-exec")
        #expect(try !project.exists("data") && !project.exists("file.bin"))
        #expect(try project.text(of: "data.dvc").hasSuffix("outs:\n- hash: md5\n  path: data\n"))
        let pointer = "frozen: true\ndeps:\n- path: file.bin\n  repo:\n    url: ../nowhere\n"
        #expect(
            try project.text(of: "file.bin.dvc")
                == pointer + "outs:\n- hash: md5\n  path: file.bin\n"
        )
    }

    @Test func `data of DVC 2 gets the names of DVC 3`() throws {
        // The digest of DVC 2 is that of text with plain line ends; the object has them as they are.
        let old = "dd8c6a395b5dd36c56d23275028f526c"
        let object = ".dvc/cache/dd/" + old.dropFirst(2)
        try source.write("a\r\nb\r\n", to: object)
        try source.write("outs:\n- md5: \(old)\n  size: 6\n  path: old.txt\n", to: "old.txt.dvc")
        try source.write("/old.txt\n", to: ".gitignore")
        try source.commit("old")
        try project.run(.dvswift, "import", "../source", "old.txt")
        #expect(try project.text(of: "old.txt") == "a\r\nb\r\n")
        let pointer = try project.text(of: "old.txt.dvc")
        #expect(
            pointer.contains("- md5: 59b0d7772f0561efb95518f3cb8abc60\n  size: 6\n  hash: md5\n")
        )
        #expect(try !project.exists(object))
    }

    @Test func `what is in the way stays, and a failed import leaves no pointer`() throws {
        try project.write("mine\n", to: "data")
        let result = try project.attempt(.dvswift, "import", "../source", "data")
        #expect(result.status == 1)
        #expect(result.errors.contains("failed to import 'data' from '../source'."))
        #expect(result.errors.contains("The file 'data' already exists locally."))
        #expect(try project.text(of: "data") == "mine\n")
        #expect(try project.attempt(.dvswift, "import", "../source", "nope").status == 255)
        for name in [".dvc/cache", "file.bin"] { try source.remove(name) }
        #expect(try project.attempt(.dvswift, "import", "../source", "file.bin").status == 1)
        for name in ["data.dvc", "nope.dvc", "file.bin.dvc", "file.bin"] {
            #expect(try !project.exists(name), "\(name)")
        }
    }
}

/// Data of imports that is neither in the cache nor on the own remote.
@Suite struct ImportedDataTests {
    private let project: TemporaryProject
    private let source: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.commit("init")
        source = try project.clone(named: "source")
        try source.write("one\n", to: "data/a")
        try source.write("two\n", to: "data/sub/b")
        try source.write("code\n", to: "run.sh")
        try source.run(.dvswift, "add", "data")
        try source.commit("first")
        try project.run(.dvswift, "import", "../source", "data")
        try project.run(.dvswift, "import", "../source", "run.sh")
        try project.run(.dvswift, "remote", "add", "-d", "store", project.remote.string)
    }

    private func loseData() throws {
        for name in [".dvc/cache", "data", "run.sh", "later"] { try project.remove(name) }
    }

    @Test func `a pull gets imported data from its origin, also a part of it`() throws {
        try loseData()
        try project.run(.dvswift, "pull", "data/sub")
        #expect(try project.text(of: "data/sub/b") == "two\n")
        #expect(try !project.exists("data/a") && !project.exists("run.sh"))
        let answer = try project.run(.dvswift, "pull")
        #expect(answer.hasSuffix("2 files fetched and 2 files added\n"))
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `a pull downloads what an import has left at its origin`() throws {
        try project.run(.dvswift, "import", "../source", "data", "-o", "later", "--no-download")
        let pointer = try project.text(of: "later.dvc")
        try project.run(.dvswift, "pull", "later.dvc")
        #expect(try project.text(of: "later/a") == "one\n")
        #expect(try project.text(of: "later.dvc") == pointer)
    }

    @Test func `imported data is not pushed`() throws {
        #expect(try project.run(.dvswift, "push") == "Everything is up to date.\n")
        #expect(try project.run(.dvswift, "status", "-c", "--json") == "{}\n")
        #expect(try !project.remote.exists())
    }

    @Test func `an origin that is gone is named, and the rest is fetched`() throws {
        try project.write("own\n", to: "own.bin")
        try project.run(.dvswift, "add", "own.bin")
        try project.run(.dvswift, "push")
        try project.remove("own.bin")
        try loseData()
        try source.root.rename(to: source.surroundings.appending("away"))
        let result = try project.attempt(.dvswift, "pull")
        #expect(result.status == 1)
        #expect(result.errors.contains("  data: Failed to clone repo '../source'"))
        #expect(try project.text(of: "own.bin") == "own\n")
    }
}
