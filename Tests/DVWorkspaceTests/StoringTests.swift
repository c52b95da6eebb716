import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import DVWorkspace
import Testing

@Suite struct StoringTests {
    let project: TestProject

    init() throws {
        project = try TestProject()
    }

    private func store(_ path: String) throws -> WorkspaceContent? {
        let state = project.state()
        defer { state.close() }
        return try TreeHasher(walk: project.walk, state: state)
            .content(at: project.root.appending(path), storingIn: project.store)
    }

    @Test func `every file and the listing are stored in one reading`() throws {
        let names = (0..<30).map { "data/\($0 % 3)/file\($0)" }
        try project.makeFiles(names + ["data/same", "data/also"])
        try project.directory.write("twice", to: "data/same")
        try project.directory.write("twice", to: "data/also")
        let content = try #require(try store("data"))
        #expect(content.counters.hashed == 32)
        #expect(content.counters.stored == 31)
        #expect(try project.store.contains(content.name))
        #expect(
            try project.store.bytes(of: ObjectName(Digest(of: Array(names[7].utf8))))
                == Array(names[7].utf8)
        )
        #expect(content.name == (try project.tree("data").name))
    }

    @Test func `known files are not read again unless their objects are gone`() throws {
        try project.makeFiles((0..<20).map { "data/file\($0)" })
        try project.directory.write("one", to: "single")
        sleepPastTick()
        _ = try store("data")
        _ = try store("single")
        #expect(try store("data")?.counters.hashed == 0)
        #expect(try store("single")?.counters.hashed == 0)
        try project.store.root.appending("files").removeTree()
        let again = try #require(try store("data"))
        #expect(again.counters.stored == 20)
        #expect(try project.store.contains(again.name))
        #expect(try store("single")?.counters.stored == 1)
    }
}
