import DVSystem
import DVTestSupport
import Testing

/// What `gc` removes, and that it never removes what somebody needs.
@Suite struct GarbageTests {
    /// Three commits of a file and a folder; what the first two needed is garbage for the workspace.
    private static func project() throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", "../remote")
        for number in 1...3 {
            try project.write("file \(number)\n", to: "file")
            try project.write("member \(number)\n", to: "data/member")
            try project.write("same\n", to: "data/same")
            try project.run(.dvswift, "add", "-q", "file", "data")
            try project.run(.git, "add", "--all")
            try project.run(.git, "commit", "--quiet", "--message", "commit \(number)")
        }
        return project
    }

    private static func commit(_ revision: String, _ project: TemporaryProject) throws -> String {
        String(try project.run(.git, "rev-parse", revision).prefix(40))
    }

    private static func comesBack(_ revision: String, _ project: TemporaryProject) throws -> Bool {
        try project.run(.git, "checkout", "--quiet", revision)
        return try project.attempt(.dvswift, "checkout", "-q", "-f").reason.isSuccess
    }

    @Test func `a dry run tells path, commit and size, and removes nothing`() throws {
        let project = try Self.project()
        let before = try project.tree(".dvc/cache")
        let output = try project.run(.dvswift, "gc", "-w", "--dry")
        let second = try Self.commit("HEAD~1", project).prefix(7)
        for path in ["data/ ", "data/member", "file"] {
            let lines = output.split(separator: "\n").filter { $0.contains("  \(path)") }
            #expect(lines.contains { $0.contains(second) }, "\(path): \(output)")
        }
        #expect(output.contains("6 objects"))
        #expect(try project.tree(".dvc/cache").difference(from: before) == nil)
    }

    @Test(
        arguments: [
            (["-w"], ["HEAD"]), (["--rev", "HEAD~1"], ["HEAD", "HEAD~1"]),
            (["--rev", "HEAD~1", "-n", "2"], ["HEAD", "HEAD~1", "HEAD~2"]),
            (["-A"], ["HEAD", "HEAD~1", "HEAD~2"]), (["-T"], ["HEAD", "HEAD~2"]),
        ]
    )
    func `what is to be kept comes back, and nothing else`(
        scope: [String],
        kept: [String]
    ) throws {
        let project = try Self.project()
        try project.run(.git, "tag", "first", "HEAD~2")
        let commits = try ["HEAD", "HEAD~1", "HEAD~2"].map { ($0, try Self.commit($0, project)) }
        try project.run(.dvswift, ["gc", "-f", "-q"] + scope)
        for (name, commit) in commits {
            #expect(try Self.comesBack(commit, project) == kept.contains(name), "\(name)")
        }
    }

    @Test func `without a directory's listing nothing is removed`() throws {
        let project = try Self.project()
        let pointer = try project.text(of: "data.dvc")
        let digest = try #require(pointer.split(separator: "md5: ").dropFirst().first?.prefix(32))
        try project.remove(".dvc/cache/files/md5/\(digest.prefix(2))/\(digest.dropFirst(2)).dir")
        let before = try project.tree(".dvc/cache")
        let result = try project.attempt(.dvswift, "gc", "-w", "-f")
        #expect(result.status == 255)
        #expect(result.errors.contains("data"))
        #expect(try project.tree(".dvc/cache").difference(from: before) == nil)
    }

    @Test func `a listing that only the remote has is fetched first`() throws {
        let project = try Self.project()
        try project.run(.dvswift, "push", "-q")
        try project.remove(".dvc/cache")
        try project.run(.dvswift, "fetch", "-q", "file")
        try project.run(.dvswift, "gc", "-w", "-f", "-q")
        try project.remove("data")
        #expect(try project.run(.dvswift, "pull").contains("A       data/"))
    }

    @Test func `the remote is collected only on demand, and young objects stay`() throws {
        let project = try Self.project()
        try project.run(.git, "checkout", "--quiet", "HEAD~1")
        try project.run(.dvswift, "checkout", "-q")
        try project.run(.dvswift, "push", "-q")
        try project.run(.git, "checkout", "--quiet", "-")
        try project.run(.dvswift, "checkout", "-q")
        try project.run(.dvswift, "push", "-q")
        let full = try TreeSnapshot(of: project.remote).paths.count
        try project.run(.dvswift, "gc", "-w", "-f", "-q")
        #expect(try TreeSnapshot(of: project.remote).paths.count == full)
        try project.run(.dvswift, "gc", "-w", "-c", "-f", "-q", "--keep-newer", "1h")
        #expect(try TreeSnapshot(of: project.remote).paths.count == full)
        try project.run(.dvswift, "gc", "-w", "-c", "-f", "-q")
        #expect(try TreeSnapshot(of: project.remote).paths.count < full)
        try project.remove(".dvc/cache")
        try project.run(.dvswift, "pull", "-q")
    }

    @Test func `what the remote has leaves the cache with --not-in-remote`() throws {
        let project = try Self.project()
        try project.run(.dvswift, "push", "-q")
        try project.run(.dvswift, "gc", "-w", "--not-in-remote", "-f", "-q")
        #expect(try project.run(.dvswift, "status", "-c").contains("deleted:"))
        try project.run(.dvswift, "pull", "-q")
        #expect(try project.run(.dvswift, "status", "-c").contains("in sync"))
    }

    @Test func `a clone that shares the cache keeps what it adds meanwhile`() async throws {
        let project = try Self.project()
        try project.run(.dvswift, "cache", "dir", "../shared-cache")
        try project.run(.dvswift, "commit", "-q", "-f")
        try project.run(.git, "commit", "--quiet", "--all", "--message", "share")
        let clone = try project.clone()
        let script = """
            for number in 1 2 3 4 5 6 7 8; do
                echo "round $number" > mine; "$0" add -q mine || exit 1
                rm mine; "$0" checkout -q || exit 1
            done
            """
        async let adding = Self.running(["sh", "-c", script, Tool.dvswift.program], in: clone)
        for _ in 0..<6 {
            try project.run(.dvswift, "gc", "-w", "-f", "-q", "-p", clone.root.string)
        }
        let result = try await adding
        #expect(result.reason.isSuccess, "\(result)")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    private static func running(
        _ command: [String],
        in project: TemporaryProject
    ) async throws -> ProgramResult {
        try project.attempt(command)
    }
}
