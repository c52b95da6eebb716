import DVHashing
import DVSystem
import DVTestSupport
import DVWorkspace
import Glibc
import Testing

@Suite struct TreeHasherTests {
    let project: TestProject

    init() throws {
        project = try TestProject()
    }

    @Test func `a folder has the name that DVC gives it`() throws {
        try project.directory.write("a\n", to: "data/a")
        try project.directory.write("a\n", to: "data/link")
        #expect(try project.tree("data").name.text == "b568c9f9521a6c9709d8e8ea30d0ee1f.dir")
        try project.root.appending("none").makeDirectories()
        #expect(try project.tree("none").name.text == "d751713988987e9331980363e24189ce.dir")
    }

    @Test func `unchanged files are not read again, changed, new and vanished ones are seen`()
        throws
    {
        for name in ["a", "b", "c", "d"] { try project.directory.write(name, to: "data/" + name) }
        try project.age("data/a", "data/b", "data/c", "data/d")
        #expect(try project.tree("data").counters.hashed == 4)
        let again = try project.tree("data")
        #expect(again.counters.hashed == 0)
        #expect(again.counters.known == 4)
        try project.directory.write("B", to: "data/b")
        try project.root.appending("data/c").removeFile()
        try project.directory.write("e", to: "data/e")
        let changed = try project.tree("data")
        #expect(changed.counters.hashed == 2)
        #expect(changed.count == 4)
        #expect(changed.digest(at: 1) == Digest(of: Array("B".utf8)))
        #expect(changed.digest(at: 3) == Digest(of: Array("e".utf8)))
    }

    @Test func `a single file is known the second time`() throws {
        try project.directory.write("hello", to: "file")
        try project.age("file")
        let first = try project.content("file")
        #expect(first?.name == ObjectName(Digest(of: Array("hello".utf8))))
        #expect(first?.counters.hashed == 1)
        #expect(try project.content("file")?.counters.known == 1)
        #expect(first?.record().size == 5)
        #expect(try project.content("nothing") == nil)
    }

    @Test func `a file rewritten at once, in place and with the same size, is seen every time`()
        throws
    {
        let path = try project.directory.write("0000", to: "data/file")
        let state = project.state()
        let hasher = TreeHasher(walk: project.walk, state: state)
        for round in 1...200 {
            let text = Array("\(1_000 + round)".utf8)
            _ = try hasher.content(at: path.parent)
            let file = try OpenFile.open(path, O_WRONLY)
            try file.write(text)
            guard case .directory(let tree)? = try hasher.content(at: path.parent) else { return }
            #expect(tree.digest(at: 0) == Digest(of: text))
        }
    }

    @Test func `a broken link as target is refused`() throws {
        try project.root.appending("link").makeSymbolicLink(to: "nowhere")
        #expect(throws: WorkspaceError.self) { try project.content("link") }
    }

    @Test func `legacy digests are kept apart`() throws {
        try project.directory.write("a\r\nb\r\n", to: "text")
        try project.age("text")
        let plain = try project.content("text")?.name
        let state = project.state()
        let hasher = TreeHasher(walk: project.walk, state: state, scheme: .md5DOS2Unix)
        let converted = try hasher.content(at: project.root.appending("text"))
        #expect(converted?.name == ObjectName(Digest(of: Array("a\nb\n".utf8))))
        state.close()
        #expect(try project.content("text")?.name == plain)
    }
}

extension WorkspaceContent? {
    static func == (left: WorkspaceContent?, right: WorkspaceContent?) -> Bool {
        left?.name == right?.name
    }
}
