import DVTestSupport
import Testing

/// Files and tracked data together, through the real binary.
@Suite struct ListTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        for name in ["a", "deep/b"] { try project.write(name, to: "data/" + name) }
        try project.write("code", to: "src/code.py")
        try project.write("22", to: "src/model")
        try project.run(.dvswift, "add", "-q", "data", "src/model")
        try project.commitAll("first")
    }

    private func list(_ options: String...) throws -> [String] {
        try project.run(.dvswift, ["ls"] + options).split(separator: "\n").map(String.init)
    }

    private let all = [
        ".dvcignore", ".gitignore", "data.dvc", "data/a", "data/deep/b", "src/.gitignore",
        "src/code.py", "src/model", "src/model.dvc",
    ]

    @Test func `data that is not here is listed from what is recorded`() throws {
        #expect(try list(".", "-R") == all)
        try project.remove("data")
        try project.remove("src/model")
        #expect(try list(".", "-R") == all)
        #expect(try list(".", "-R", "--dvc-only") == ["data/a", "data/deep/b", "src/model"])
    }

    @Test func `a revision is listed as it was`() throws {
        try project.write("new", to: "data/new")
        try project.write("new", to: "new.txt")
        try project.run(.dvswift, "add", "-q", "data")
        try project.commitAll("second")
        #expect(try list(".", "-R", "--rev", "HEAD~1") == all)
        #expect(try list(".", "-R").contains("data/new"))
    }

    @Test func `another repository is looked at from outside`() throws {
        let clone = try project.clone()
        let lines = try clone.run(.dvswift, ["ls", project.root.string, "data"], in: "src")
        #expect(lines == "a\ndeep\n")
    }

    @Test func `a clone without data lists what the remote knows`() throws {
        try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", project.remote.string)
        try project.run(.dvswift, "push", "-q")
        try project.commitAll("remote")
        let clone = try project.clone()
        #expect(try clone.run(.dvswift, "ls", ".", "data", "-R") == "a\ndeep/b\n")
        #expect(try !clone.exists(".dvc/cache/files"))
    }

    @Test func `without any listing a folder is known and its files are not`() throws {
        try project.remove(".dvc/cache")
        try project.remove("data")
        let result = try project.attempt(.dvswift, "ls", ".", "--dvc-only", "-R")
        #expect(result.output == "src/model\n")
        #expect(result.errors.contains("the listing of 'data'"))
    }

    @Test func `levels end a list and a tree`() throws {
        #expect(try list(".", "data", "-R", "-L1") == ["a", "deep"])
        let tree = ["data", "├── a", "└── deep"]
        #expect(try list(".", "data", "--tree", "--level", "1") == tree)
    }

    @Test func `a Git repository that is no project is listed`() throws {
        let plain = try TemporaryProject(madeBy: nil)
        try plain.write("1", to: "x/y")
        #expect(try plain.run(.dvswift, "ls", ".", "-R") == "x/y\n")
        #expect(try !plain.exists(".dvc"))
    }

    @Test func `a link to a folder above ends`() throws {
        try project.attempt(["ln", "-s", "..", "src/up"]).checkingSuccess()
        #expect(try list(".", "-R") == all)
    }

    @Test func `an address is looked at as its last commit is, without a checkout`() throws {
        let address = "file://" + project.root.string
        try project.write("new", to: "new.txt")
        try project.remove("data")
        #expect(try list(address, "-R") == all)
        #expect(try list(address, "data/deep", "--rev", "main") == ["b"])
        #expect(try list(address, "--dvc-only", "-R") == ["data/a", "data/deep/b", "src/model"])
        #expect(try project.run(.dvswift, "du", address, "data", "-s") == "7  data\n")
        let missing = try project.attempt(.dvswift, "ls", address, "nope")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("No such file or directory: 'nope'"))
    }

    @Test func `a bare repository lists what the remote knows, and which remote can be said`()
        throws
    {
        try project.run(.dvswift, "remote", "add", "-q", "storage", "/nowhere")
        try project.commitAll("remote")
        try project.run(.git, "clone", "-q", "--bare", ".", "../bare")
        try project.run(.dvswift, "remote", "add", "-q", "own", project.remote.string)
        try project.run(.dvswift, "push", "-q", "-r", "own")
        let url = "url=" + project.remote.string
        let options = ["--remote", "storage", "--remote-config", url]
        let arguments = ["ls", "../bare", "-R", "--dvc-only"]
        let complete = try project.run(.dvswift, arguments + options)
        #expect(complete == "data/a\ndata/deep/b\nsrc/model\n")
        try project.write("[core]\nremote = s\n['remote \"s\"']\n\(url)\n", to: "../extra")
        let merged = try project.run(.dvswift, ["ls", "../bare", "data", "--config", "../extra"])
        #expect(merged == "a\ndeep\n")
    }

    @Test func `a project inside of another one is seen at its path only`() throws {
        try project.path("sub").makeDirectories()
        try project.run(.dvswift, ["init", "--subdir", "-q"], in: "sub")
        try project.write("deep", to: "sub/deep/x")
        try project.run(.dvswift, ["add", "-q", "deep"], in: "sub")
        try project.commitAll("sub-project")
        for address in [".", "file://" + project.root.string] {
            #expect(try !list(address).contains("sub"))
            #expect(try list(address, "sub", "--dvc-only") == ["deep"])
            #expect(try list(address, "sub/deep") == ["x"])
        }
    }

    @Test func `sizes are added up, also of data that is not here`() throws {
        try project.remove("src/model")
        let usage = try project.run(.dvswift, "du", ".")
        #expect(usage == "6   .gitignore\n7   data\n13  src\n26\n")
        #expect(try project.run(.dvswift, "du", ".", "data", "-s") == "7  data\n")
    }
}
