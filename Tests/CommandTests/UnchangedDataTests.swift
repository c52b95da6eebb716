import DVSystem
import DVTestSupport
import Testing

/// What is unchanged costs a stat for each file: nothing else is opened, read or listed.
@Suite struct UnchangedDataTests {
    let project: TemporaryProject
    static let count = 2_400

    init() throws {
        project = try TemporaryProject()
        try project.writeData(count: Self.count)
        try project.run(.dvswift, "add", "--quiet", "data")
        // The first look records what it finds, once the cache's folders are older than a tick of the clock.
        sleepPastTick()
        try project.run(.dvswift, "status")
    }

    /// How often dvswift calls the kernel, by name of the call.
    private func calls(by arguments: [String]) throws -> [String: Int] {
        var calls: [String: Int] = [:]
        for line in try project.trace(["-c"], arguments) {
            let columns = line.split(separator: " ")
            guard columns.count >= 5, let count = Int(columns[3]) else { continue }
            calls[String(columns[columns.count - 1])] = count
        }
        return calls
    }

    @Test(arguments: [["status"], ["add", "--quiet", "data"]])
    func `neither data nor objects are opened`(command: [String]) throws {
        let data = try OpenedFiles(below: project.path("data"))
        let cache = try OpenedFiles(below: project.path(".dvc/cache"), countingFolders: true)
        try project.run(.dvswift, command)
        #expect(try data.names() == [])
        // The roots of the two layouts, to make sure of what is in them; no folder with objects.
        #expect(try cache.names().allSatisfy { ["files/md5", "dvswift/md5-zstd"].contains($0) })
    }

    @Test(arguments: [["status"], ["add", "--quiet", "data"]])
    func `each file is asked for its status once`(command: [String]) throws {
        guard try project.canTrace() else { return }
        let calls = try calls(by: command)
        let stats = calls["newfstatat", default: 0] + calls["statx", default: 0]
        // Two times 256 folders of the cache, and what starting takes.
        #expect(stats >= Self.count)
        #expect(stats < Self.count + 2 * 256 + 400)
        #expect(calls["getdents64", default: 0] < 40)
        #expect(calls["openat", default: 0] < 200)
    }

    @Test func `one changed file costs no look at the objects of others`() throws {
        try project.write("changed", to: "data/1/1")
        let cache = try OpenedFiles(below: project.path(".dvc/cache"), countingFolders: true)
        try project.run(.dvswift, "add", "--quiet", "data")
        // The folders that get the new object and the new listing.
        let folders = Set(try cache.names().filter { $0.hasPrefix("files/md5/") })
        #expect(folders.count < 8)
    }

    @Test func `an object that went away is missed`() throws {
        #expect(try project.run(.dvswift, "status").contains("up to date"))
        let object = try #require(
            try project.tree(".dvc/cache").paths.first { $0.contains("md5") && $0.count > 40 }
        )
        try project.remove(".dvc/cache/\(object)")
        #expect(try project.run(.dvswift, "status").contains("not in cache"))
    }
}
