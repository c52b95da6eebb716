import DVSystem
import DVTestSupport
import SystemPackage
import Testing

/// `get` from a project beside the working directory, through the real binary.
@Suite struct GetTests {
    /// The repository that has the data; its second commit changes `file.bin`.
    private let source: TemporaryProject
    /// An empty folder that is no project.
    private let place: String

    init() throws {
        source = try TemporaryProject()
        try source.write("one\n", to: "data/a")
        try source.write("two\n", to: "data/sub/b")
        try source.write("first\n", to: "file.bin")
        try source.write("code\n", to: "scripts/run.sh")
        try source.run(.dvswift, "add", "data", "file.bin")
        try source.run(.dvswift, "remote", "add", "-d", "store", source.remote.string)
        try source.commit("first")
        try source.run(.git, "tag", "v1")
        try source.write("second\n", to: "file.bin")
        try source.run(.dvswift, "add", "file.bin")
        try source.commit("second")
        place = "../elsewhere"
        try source.path(place).makeDirectories()
    }

    @discardableResult
    private func get(_ arguments: String...) throws -> ProgramResult {
        try source.attempt(.dvswift, ["get", "../work"] + arguments, in: place)
    }

    private func text(_ name: String) throws -> String { try source.text(of: place + "/" + name) }

    @Test(arguments: ["cache", "remote"])
    func `tracked data comes from the cache of the repository or from its remote`(
        store: String
    ) throws {
        if store == "remote" {
            try source.run(.dvswift, "push")
            try source.remove(".dvc/cache")
        }
        try get("data").checkingSuccess()
        try get("data/sub", "-o", "part").checkingSuccess()
        try get("data/sub/b").checkingSuccess()
        #expect(try text("data/a") == "one\n")
        #expect(try text("data/sub/b") == "two\n")
        #expect(try text("part/b") == "two\n")
        #expect(try text("b") == "two\n")
        let left = try source.tree(place).paths.filter { $0.contains(".dvswift-tmp") }
        #expect(left.isEmpty)
    }

    @Test func `a revision gives the data of its time`() throws {
        try get("file.bin").checkingSuccess()
        try get("file.bin", "--rev", "v1", "-o", "old").checkingSuccess()
        #expect(try text("file.bin") == "second\n")
        #expect(try text("old") == "first\n")
    }

    @Test func `files of Git come too, without pointers and links that lead out`() throws {
        try source.path("scripts/out").makeSymbolicLink(to: "/etc/hostname")
        try source.path("scripts/again").makeSymbolicLink(to: "run.sh")
        try source.write("in scripts\n", to: "scripts/data.bin")
        try source.run(.dvswift, "add", "scripts/data.bin")
        try source.commit("links")
        try get("scripts").checkingSuccess()
        let names = try source.path(place + "/scripts").childNames().map(\.string)
        #expect(names == [".gitignore", "again", "data.bin", "run.sh"])
        #expect(try text("scripts/again") == "code\n")
    }

    @Test func `what is there stays without force, and with it what is not replaced`() throws {
        try source.write("mine\n", to: place + "/data/mine")
        try source.write("other\n", to: place + "/data/a")
        let refused = try get("data", "-o", "data/../data/.")
        #expect(refused.reason.isSuccess, "goes into the folder")
        #expect(try text("data/data/a") == "one\n")
        #expect(try get("data").status == 1)
        #expect(try text("data/a") == "other\n")
        try get("data", "-f").checkingSuccess()
        #expect(try text("data/a") == "one\n")
        #expect(try text("data/mine") == "mine\n")
    }

    @Test func `what no store has may be in the other workspace, if it is unchanged there`() throws
    {
        try source.remove(".dvc/cache")
        try get("file.bin").checkingSuccess()
        #expect(try text("file.bin") == "second\n")
        try source.write("changed\n", to: "file.bin")
        let result = try get("file.bin", "-o", "other")
        #expect(result.status == 1)
        #expect(result.errors.contains("  file.bin: object "))
    }

    @Test func `a damaged object is never delivered`() throws {
        let objects = try TreeSnapshot(of: source.path(".dvc/cache")).paths
        for object in objects {
            let path = source.path(".dvc/cache/" + object)
            guard try FileStatus.following(path).isRegular else { continue }
            try path.replaceContents(with: Array("damaged".utf8))
        }
        try source.remove("file.bin")
        #expect(try get("file.bin").status == 1)
        #expect(try source.tree(place).paths.isEmpty)
    }

    @Test(arguments: [
        (["nope"], 255, "'nope' does not exist in '../work'"),
        (["data/nope"], 255, "'data/nope' does not exist"),
        (["file.bin", "--rev", "nope"], 1, "unknown Git revision 'nope'"),
        (["../outside"], 255, "not a path inside"),
    ])
    func `what is not there is named`(arguments: [String], status: Int32, words: String) throws {
        let result = try source.attempt(.dvswift, ["get", "../work"] + arguments, in: place)
        #expect(result.status == status)
        #expect(result.errors.contains(words))
    }

    @Test func `the place of data is shown as DVC shows it`() throws {
        let shown = try get("data/a", "--show-url").checkingSuccess().output
        #expect(shown == "\(source.remote)/files/md5/5b/bf5a52328e7439ae6e719dfe712200\n")
        #expect(try get("scripts/run.sh", "--show-url").status == 255)
    }
}
