import DVSystem
import DVTestSupport
import Testing

/// `import-url`, `get-url`, `list-url` and `add --to-remote` of paths beside the project, through the real binary.
@Suite struct ImportURLTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.write("1,2\n", to: "../raw/table.csv")
        try project.write("3\n", to: "../raw/more/third.csv")
        try project.run(.dvswift, "remote", "add", "-d", "store", project.remote.string)
    }

    @Test func `an import of a path records it from the folder of the pointer`() throws {
        try project.path("sub").makeDirectories()
        try project.run(.dvswift, "import-url", "../raw/table.csv", "sub")
        let pointer = try project.text(of: "sub/table.csv.dvc")
        #expect(pointer.contains("  path: ../../raw/table.csv\nouts:\n"))
        #expect(try project.text(of: "sub/table.csv") == "1,2\n")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        #expect(try project.run(.dvswift, "push") == "1 file pushed\n")
    }

    @Test func `an update brings what has changed and leaves changes of the user alone`() throws {
        try project.run(.dvswift, "import-url", "../raw", "raw")
        let same = try project.run(.dvswift, "update", "raw.dvc")
        #expect(same == "'raw.dvc' didn't change, skipping\n")
        try project.write("1,2\n5,6\n", to: "../raw/table.csv")
        try project.run(.dvswift, "update", "raw.dvc")
        #expect(try project.text(of: "raw/table.csv") == "1,2\n5,6\n")
        try project.write("mine\n", to: "raw/table.csv")
        try project.write("again\n", to: "../raw/table.csv")
        let result = try project.attempt(.dvswift, "update", "raw.dvc")
        #expect(result.status == 1)
        #expect(result.errors.contains("raw/table.csv"))
        #expect(try project.text(of: "raw/table.csv") == "mine\n")
    }

    @Test func `what goes to the remote leaves nothing here but a pointer`() throws {
        try project.run(.dvswift, "add", "../raw", "--to-remote", "-o", "raw")
        try project.run(.dvswift, "import-url", "../raw/table.csv", "--to-remote")
        #expect(try !project.exists("raw") && !project.exists("table.csv"))
        #expect(try !project.exists(".dvc/cache/files"))
        let answer = try project.run(.dvswift, "pull")
        #expect(answer.contains("A       raw/\n"))
        #expect(try project.text(of: "raw/more/third.csv") == "3\n")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `without download the path is only looked at`() throws {
        try project.run(.dvswift, "import-url", "../raw", "--no-download")
        #expect(try !project.exists("raw") && !project.exists(".dvc/cache/files"))
        try project.run(.dvswift, "pull", "raw.dvc")
        #expect(try project.text(of: "raw/table.csv") == "1,2\n")
    }

    @Test func `a path below a remote has an address`() throws {
        try project.write("shared\n", to: project.remote.appending("free/file").string)
        try project.run(.dvswift, "import-url", "remote://store/free/file")
        #expect(try project.text(of: "file") == "shared\n")
        #expect(try project.text(of: "file.dvc").contains("  path: remote://store/free/file\n"))
        #expect(try project.run(.dvswift, "list-url", "remote://store/free") == "file\n")
        try project.run(.dvswift, "get-url", "remote://store/free", "copy")
        #expect(try project.text(of: "copy/file") == "shared\n")
    }

    @Test func `a copy of a path needs force to replace, and keeps what it does not`() throws {
        try project.run(.dvswift, "get-url", "../raw")
        #expect(try project.text(of: "raw/more/third.csv") == "3\n")
        try project.write("mine\n", to: "raw/mine")
        let result = try project.attempt(.dvswift, "get-url", "../raw")
        #expect(result.status == 1)
        #expect(result.errors.contains("The directory 'raw' already exists locally."))
        try project.run(.dvswift, "get-url", "../raw", "-f")
        #expect(try project.text(of: "raw/mine") == "mine\n")
    }

    @Test func `a list shows files before folders, a level, all levels or a tree`() throws {
        func list(_ options: String...) throws -> String {
            try project.run(.dvswift, ["list-url", "../raw"] + options)
        }
        #expect(try list() == "table.csv\nmore\n")
        #expect(try list("-R") == "table.csv\nmore/third.csv\n")
        #expect(try list("-R", "-L", "1") == "table.csv\nmore\n")
        #expect(try list("-R", "--size") == "4  table.csv\n2  more/third.csv\n")
        #expect(try list("--tree") == "../raw\n├── more\n│   └── third.csv\n└── table.csv\n")
    }

    @Test(arguments: [
        (["import-url", "../nope"], 1, "dependency '"),
        (["get-url", "../nope"], 1, "The path '../nope' does not exist"),
        (["list-url", "../nope"], 255, "The path '../nope' does not exist"),
        (["import-url", "s3://bucket/x"], 251, "no credentials for S3 were found"),
        (["get-url", "what://host/x"], 1, "there is no storage of kind 'what'"),
        (["get-url", "remote://nope/x"], 1, "remote 'nope' doesn't exist"),
        (["list-url", "https://h/x", "--fs-config", "user"], 1, "expected <name>=<value>"),
        (["list-url", "https://h/x", "--fs-config", "usr=me"], 251, "did you mean 'user'"),
        (["import-url", "../raw", "-r", "store"], 1, "can't be used without --to-remote"),
        (["add", "../raw", "../more", "--to-remote"], 1, "multiple targets can't be used"),
        (["update", "plain.dvc"], 1, "'plain.dvc' does not exist"),
    ])
    func `what cannot be done is said`(arguments: [String], status: Int32, words: String) throws {
        let result = try project.attempt(.dvswift, arguments)
        #expect(result.status == status)
        #expect(result.errors.contains(words), "\(result.errors)")
    }
}
