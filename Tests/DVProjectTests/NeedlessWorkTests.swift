import DVProject
import DVSystem
import DVTestSupport
import Testing

/// What did not change is not read again, by no command and in no process.
@Suite struct NeedlessWorkTests {
    private let project: EngineProject
    private static let names = (0..<12).map { "\($0 % 3)/file\($0)" }

    init() throws {
        project = try EngineProject()
        for name in Self.names { try project.write(name, to: "data/" + name) }
        try project.write("single", to: "single.csv")
        sleepPastTick()
        try project.add("data", "single.csv")
    }

    @Test func `status opens no file that was added`() throws {
        let (data, root) = try (opened("data"), opened("."))
        #expect(try project.status().report.isEmpty)
        #expect(try data.names().isEmpty)
        #expect(try !root.names().contains("single.csv"))
    }

    @Test func `adding unchanged data opens none of it and leaves its pointer alone`() throws {
        let pointer = project.path("data.dvc")
        let before = try FileStatus.following(pointer)
        let data = try opened("data")
        try project.add("data")
        #expect(try data.names().isEmpty)
        #expect(try FileStatus.following(pointer) == before)
    }

    @Test func `adding after one change reads the changed file only`() throws {
        try project.write("changed", to: "data/1/file4")
        try project.write("new", to: "data/2/new")
        sleepPastTick()
        let data = try opened("data")
        try project.add("data")
        #expect(try data.names() == ["1/file4", "2/new"])
        #expect(try project.status().report.isEmpty)
        #expect(try data.names().isEmpty)
    }

    @Test func `a checkout with nothing to do opens neither data nor objects of files`() throws {
        let data = try opened("data")
        let report = try project.checkout()
        #expect(try data.names().isEmpty)
        #expect(report.added.isEmpty && report.modified.isEmpty && report.deleted.isEmpty)
    }

    @Test func `a checkout of one lost file opens no other, and nothing is read after it`() throws {
        try project.path("data/0/file3").removeFile()
        let data = try opened("data")
        #expect(try project.checkout().modified == ["data/"])
        #expect(try data.names().filter { Self.names.contains($0) && $0 != "0/file3" }.isEmpty)
        _ = try data.names()
        #expect(try project.status().report.isEmpty)
        #expect(try data.names().isEmpty)
    }

    @Test func `files from a checkout into an empty folder are known at once`() throws {
        try project.path("data").removeTree()
        try project.checkout()
        let data = try opened("data")
        #expect(try project.status().report.isEmpty)
        #expect(try data.names().isEmpty)
    }

    @Test func `a second push sends nothing and reads no object but the listing`() throws {
        try project.shareThroughFolder()
        #expect(try project.push() == Self.names.count + 2)
        let before = try TreeSnapshot(of: project.remote)
        let (cache, remote) = try (opened(".dvc/cache"), OpenedFiles(below: project.remote))
        #expect(try project.push() == 0)
        #expect(try cache.names().allSatisfy { $0.contains(".dir") })
        #expect(try remote.names().isEmpty)
        #expect(try TreeSnapshot(of: project.remote) == before)
    }

    @Test func `a lost memory costs one reading, and no more`() throws {
        try project.path(".dvc/tmp/dvswift").removeTree()
        let data = try opened("data")
        #expect(try project.status().report.isEmpty)
        #expect(try data.names().count == Self.names.count)
        #expect(try project.status().report.isEmpty)
        #expect(try data.names().isEmpty)
    }

    private func opened(_ folder: String) throws -> OpenedFiles {
        try OpenedFiles(below: project.path(folder))
    }
}
