import DVTestSupport
import Testing

/// The last commit, the pointers and the workspace, through the real binary.
@Suite struct DataStatusTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        for name in ["a", "b", "deep/c"] { try project.write(name, to: "data/" + name) }
        try project.write("one", to: "one.csv")
        try project.run(.dvswift, "add", "-q", "data", "one.csv")
        try project.commitAll("first")
    }

    private func status(_ options: String...) throws -> String {
        try project.run(.dvswift, ["data", "status", "--json"] + options)
    }

    @Test func `what did not change is listed only if asked for`() throws {
        #expect(try status() == "{}\n")
        #expect(try status("--unchanged") == #"{"unchanged": ["data/", "one.csv"]}"# + "\n")
        let all = #"{"unchanged": ["data/", "data/a", "data/b", "data/deep/c", "one.csv"]}"#
        #expect(try status("--unchanged", "--granular") == all + "\n")
        #expect(try project.run(.dvswift, "data", "status") == "No changes.\n")
    }

    @Test func `a change is uncommitted before add and committed after it`() throws {
        try project.write("changed", to: "data/a")
        let uncommitted = #"{"uncommitted": {"modified": ["data/", "data/a"]}}"# + "\n"
        #expect(try status("--granular") == uncommitted)
        #expect(try status() == #"{"uncommitted": {"modified": ["data/"]}}"# + "\n")
        try project.run(.dvswift, "add", "-q", "data")
        let committed = #"{"committed": {"modified": ["data/", "data/a"]}}"# + "\n"
        #expect(try status("--granular") == committed)
    }

    @Test func `files below a directory without a listing are unknown`() throws {
        try project.remove(".dvc/cache")
        let expected =
            #"{"not_in_cache": ["data/"], "uncommitted": {"unknown": ["data/a", "data/b", "data/deep/c"]}}"#
        #expect(try status("--granular", "data") == expected + "\n")
    }

    @Test func `untracked files are named from the working directory`() throws {
        try project.write("1", to: "sub/new")
        let result = try project.run(
            .dvswift,
            ["data", "status", "--json", "--untracked-files"],
            in: "sub"
        )
        #expect(result == #"{"untracked": ["new"]}"# + "\n")
        #expect(try status() == "{}\n")
    }

    @Test func `what the remote lacks is told until it is pushed`() throws {
        #expect(try status("--not-in-remote") == "{}\n")
        try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", project.remote.string)
        let missing = #"{"not_in_remote": ["data/", "one.csv"]}"# + "\n"
        #expect(try status("--not-in-remote") == missing)
        try project.run(.dvswift, "push", "-q", "data")
        #expect(try status("--not-in-remote") == #"{"not_in_remote": ["one.csv"]}"# + "\n")
        #expect(try status("--not-in-remote", "--granular", "data/a") == "{}\n")
    }

    @Test func `before the first commit everything is added`() throws {
        let fresh = try TemporaryProject()
        try fresh.write("1", to: "x")
        try fresh.run(.dvswift, "add", "-q", "x")
        let answer = try fresh.run(.dvswift, "data", "status", "--json")
        #expect(answer == #"{"committed": {"added": ["x"]}}"# + "\n")
    }
}
