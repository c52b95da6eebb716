import DVSystem
import DVTestSupport
import Testing

/// `update` and `status` of data of another repository, through the real binary.
@Suite struct UpdateTests {
    private let project: TemporaryProject
    private let source: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.commit("init")
        source = try project.clone(named: "source")
        try source.write("first\n", to: "file.bin")
        try source.run(.dvswift, "add", "file.bin")
        try source.commit("first")
        try source.run(.git, "tag", "v1")
        try project.run(.dvswift, "import", "../source", "file.bin")
        try source.write("second\n", to: "file.bin")
        try source.run(.dvswift, "add", "file.bin")
        try source.commit("second")
    }

    @Test func `a status tells of a newer version unless told not to ask`() throws {
        let update =
            #"{"file.bin.dvc": [{"changed deps": {"file.bin (../source)": "update available"}}]}"#
        #expect(try project.run(.dvswift, "status", "--json") == update + "\n")
        #expect(try project.run(.dvswift, "status", "--json", "--no-updates") == "{}\n")
        try source.root.rename(to: source.surroundings.appending("away"))
        #expect(try project.run(.dvswift, "status", "--json", "--no-updates") == "{}\n")
        #expect(try project.attempt(.dvswift, "status").status == 1)
    }

    @Test func `an update brings the newer version, or any other`() throws {
        try project.run(.dvswift, "update", "file.bin.dvc")
        #expect(try project.text(of: "file.bin") == "second\n")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        try project.run(.dvswift, "update", "--rev", "v1", "file.bin.dvc")
        #expect(try project.text(of: "file.bin") == "first\n")
        #expect(try project.text(of: "file.bin.dvc").contains("    rev: v1\n"))
        let same = try project.run(.dvswift, "update", "file.bin.dvc")
        #expect(same == "'file.bin.dvc' didn't change, skipping\n")
    }

    @Test func `an update finds the repository from any folder`() throws {
        try project.path("deep/er").makeDirectories()
        try project.run(.dvswift, ["update", "../../file.bin.dvc"], in: "deep/er")
        #expect(try project.text(of: "file.bin") == "second\n")
    }

    @Test func `changes that only the workspace has are never overwritten`() throws {
        try project.write("mine\n", to: "file.bin")
        let pointer = try project.text(of: "file.bin.dvc")
        let result = try project.attempt(.dvswift, "update", "file.bin.dvc")
        #expect(result.status == 1)
        #expect(try project.text(of: "file.bin") == "mine\n")
        #expect(try project.text(of: "file.bin.dvc") == pointer)
    }

    @Test func `a relative address means the repository that has the commit`() throws {
        try project.write("no repository of its own\n", to: "sub/source/file.bin")
        try project.commit("a folder of that name")
        try project.run(.dvswift, "import", "../source", "file.bin", "-o", "sub/deep/data.bin")
        try project.write("nothing\n", to: "sub/deep/more/nothing")
        try project.run(
            .dvswift,
            ["update", "--rev", "v1", "../data.bin.dvc"],
            in: "sub/deep/more"
        )
        #expect(try project.text(of: "sub/deep/data.bin") == "first\n")
    }

    @Test func `a commit of changed data leaves a pointer that is whole`() throws {
        try project.write("mine\n", to: "file.bin")
        try project.run(.dvswift, "commit", "-f", "file.bin.dvc")
        #expect(try project.run(.dvswift, "status", "--json", "--no-updates") == "{}\n")
        let pointer = try project.text(of: "file.bin.dvc")
        try project.write(pointer.replacing("../source", with: "../other"), to: "file.bin.dvc")
        let edited = #"{"file.bin.dvc": ["changed checksum"]}"# + "\n"
        #expect(try project.run(.dvswift, "status", "--json", "--no-updates") == edited)
    }

    @Test func `without download only the version is recorded`() throws {
        try project.run(.dvswift, "update", "file.bin.dvc", "--no-download")
        let head = try source.run(.git, "rev-parse", "HEAD")
        let pointer = try project.text(of: "file.bin.dvc")
        #expect(pointer.hasSuffix("rev_lock: \(head)outs:\n- hash: md5\n  path: file.bin\n"))
        #expect(try project.text(of: "file.bin") == "first\n")
    }

    @Test func `all imports below a folder are updated, and nothing else is touched`() throws {
        try project.write("own\n", to: "own.bin")
        try project.run(.dvswift, "add", "own.bin")
        #expect(try project.attempt(.dvswift, "update", "own.bin.dvc").status == 1)
        try project.run(.dvswift, "update", "-R", ".")
        #expect(try project.text(of: "file.bin") == "second\n")
        #expect(try project.text(of: "own.bin") == "own\n")
    }
}
