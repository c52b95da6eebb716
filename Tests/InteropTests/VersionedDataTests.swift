import DVTestSupport
import Testing

/// Commands that look at data which only a remote with `version_aware` has, beside DVC.
@Suite struct VersionedDataTests {
    private let place: VersionedProject
    private var project: TemporaryProject { place.project }

    init() throws {
        place = try VersionedProject()
        try project.write("{\"acc\": 0.5}\n", to: "m.json")
        try project.write("x,y\n1,2\n2,3\n", to: "plot.csv")
        let pipeline = try project.text(of: "dvc.yaml")
        try project.write("metrics: [m.json]\nplots: [plot.csv]\n" + pipeline, to: "dvc.yaml")
        try project.run(.dvswift, "add", "--quiet", "m.json", "plot.csv")
        try place.run(.dvswift, "push")
        try project.commit("one")
        try forget()
    }

    private func forget() throws {
        try place.removeData()
        for name in ["m.json", "plot.csv"] { try project.remove(name) }
    }

    @Test(arguments: [
        ["metrics", "show", "--json"], ["ls", ".", "-R", "--size"],
        ["get", "--show-url", ".", "data"], ["get", "--show-url", ".", "data/a"],
        ["get", "--show-url", ".", "file"], ["gc", "-w", "-c", "-f"],
    ])
    func `a command answers as DVC does`(command: [String]) throws {
        let expected = try place.attempt(.dvc, command)
        try forget()
        let result = try place.attempt(.dvswift, command)
        #expect(result.output == expected.output)
        #expect(result.reason == expected.reason)
    }

    @Test func `files and plots of any revision are read by their versions`() throws {
        try project.write("{\"acc\": 0.7}\n", to: "m.json")
        try project.run(.dvswift, "add", "--quiet", "m.json")
        try place.run(.dvswift, "push")
        try forget()
        #expect(try place.run(.dvswift, "cat", "data/sub/é") == "two\n")
        #expect(try place.run(.dvswift, "cat", "m.json") == "{\"acc\": 0.7}\n")
        #expect(try place.run(.dvswift, "cat", "--rev", "HEAD", "m.json") == "{\"acc\": 0.5}\n")
        let metrics = try place.run(.dvswift, "metrics", "diff", "--json")
        #expect(metrics.contains("\"old\": 0.5, \"new\": 0.7"))
        let plots = try place.run(.dvswift, "plots", "show", "--json")
        #expect(plots.contains("{\"x\": \"2\", \"y\": \"3\""))
    }

    /// DVC refuses `status -c`, and says of everything that it is not in the remote.
    @Test func `what the remote lacks is told by asking for the versions`() throws {
        try place.run(.dvswift, "pull")
        let question = ["data", "status", "--not-in-remote", "--granular", "--json"]
        #expect(try place.run(.dvswift, question) == "{}\n")
        #expect(try place.run(.dvswift, "status", "-c", "--json") == "{}\n")
        try project.write("new\n", to: "data/new")
        try project.run(.dvswift, "add", "--quiet", "data")
        #expect(
            try place.run(.dvswift, question).contains(
                "\"not_in_remote\": [\"data/\", \"data/a\", \"data/new\", \"data/sub/é\"]"
                    .replacing("é", with: "\\u00e9")
            )
        )
        try place.run(.dvswift, "push")
        #expect(try !place.run(.dvswift, question).contains("not_in_remote"))
        let record = try project.text(of: "m.json.dvc")
        let version = try #require(record.split(separator: "version_id: ").last).prefix {
            $0 != "\n"
        }
        try place.delete("m.json", version: String(version))
        #expect(try place.run(.dvswift, question).contains("\"not_in_remote\": [\"m.json\"]"))
        #expect(try place.run(.dvswift, "status", "-c", "--json") == "{\"m.json\": \"new\"}\n")
        try place.run(.dvswift, "push")
        #expect(try !place.run(.dvswift, question).contains("not_in_remote"))
    }

    @Test func `damage of the cache is repaired from versions`() throws {
        try place.run(.dvswift, "pull")
        let object = ".dvc/cache/files/md5/5b/bf5a52328e7439ae6e719dfe712200"
        try project.remove(object)
        try project.write("damage\n", to: object)
        try project.remove("data")
        let answer = try place.run(.dvswift, "verify", "--repair")
        #expect(answer.contains("(from remote 'far')"))
        #expect(try project.text(of: object) == "one\n")
    }

    @Test func `the run cache is left out with a warning, and all else goes on`() throws {
        let result = try place.attempt(.dvswift, "fetch", "--run-cache")
        #expect(result.output == "5 files fetched\n")
        #expect(result.errors.contains("the run cache is left out"))
        let push = try place.attempt(.dvswift, "push", "--run-cache")
        #expect(push.output == "Everything is up to date.\n")
    }

    @Test func `other projects get and import from it, as with DVC`() throws {
        let colleague = try project.clone()
        try colleague.run(.git, "rm", "-rq", ".")
        try colleague.run(.git, "commit", "-qm", "empty")
        try colleague.run(.dvc, "init", "-q")
        func run(_ tool: Tool, _ arguments: String...) throws {
            try colleague.attempt(tool, arguments, adding: place.account.variables)
                .checkingSuccess()
        }
        let url = "file://\(project.root)"
        try run(.dvswift, "get", "-q", url, "data", "-o", "got")
        #expect(try colleague.text(of: "got/sub/é") == "two\n")
        try run(.dvc, "import", "-q", url, "data", "-o", "theirs")
        try run(.dvswift, "import", "-q", url, "data", "-o", "ours")
        try run(.dvswift, "import", "-q", url, "data/a", "-o", "part")
        let theirs = try colleague.text(of: "theirs.dvc").replacing("path: theirs", with: "")
        let ours = try colleague.text(of: "ours.dvc").replacing("path: ours", with: "")
        func fields(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter { !$0.hasPrefix("md5:") }
        }
        #expect(fields(ours) == fields(theirs))
        for name in ["ours", "part", ".dvc/cache", ".dvc/tmp"] { try colleague.remove(name) }
        try run(.dvswift, "pull", "-q", "ours", "part")
        #expect(try colleague.text(of: "ours/a") == "one\n")
        #expect(try colleague.text(of: "part") == "one\n")
        // What was imported is of the origin alone: the record has no versions.
        #expect(!ours.contains("version_id"))
    }
}
