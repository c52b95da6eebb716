import DVSystem
import DVTestSupport
import DVWorkspace
import Glibc
import Testing

@Suite struct WorkspaceWalkTests {
    let project: TestProject

    init() throws {
        project = try TestProject()
    }

    @Test func `files come in the order of their bytes, folders as if they ended in a slash`()
        throws
    {
        for name in [
            "a/c", "a-b", "a.txt", "a/b/z", "é", "Z", "a/b.x", "a0", "long/name-000000012/f",
        ] {
            try project.directory.write("x", to: "data/" + name)
        }
        let paths = try project.paths("data")
        #expect(paths.count == 9)
        #expect(paths == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test func `status is that of a stat`() throws {
        let file = try project.directory.write("hello", to: "data/sub/file")
        try file.setPermissions(0o755)
        let tree = try project.walk.tree(at: project.root.appending("data"))
        #expect(tree.count == 1)
        #expect(tree.status(at: 0) == (try FileStatus.following(file)))
        #expect(tree.absolutePath(at: 0) == file)
        #expect(tree.totalSize == 5)
    }

    @Test func `many files in many folders are all found once`() throws {
        var expected: [String] = []
        for folder in 0..<40 {
            for file in 0..<30 {
                let name = "d\(folder)/e\(folder % 7)/f\(file)"
                expected.append(name)
            }
        }
        try project.makeFiles(expected.map { "data/" + $0 })
        #expect(try project.paths("data") == expected.sorted())
    }

    @Test func `dvcignore files above apply, with negation and folders`() throws {
        try project.directory.write("*.tmp\n!keep.tmp\nbuild/\n", to: ".dvcignore")
        try project.directory.write("/data/top\n", to: "sub/.dvcignore")
        for name in ["a", "b.tmp", "keep.tmp", "build/x", "top", "in/top"] {
            try project.directory.write("x", to: "sub/data/" + name)
        }
        #expect(try project.paths("sub/data") == ["a", "in/top", "keep.tmp"])
    }

    @Test func `git folders and nested projects are passed by, a project as target is refused`()
        throws
    {
        try project.directory.write("x", to: "data/.git/config")
        try project.directory.write("x", to: "data/nested/.dvc/config")
        try project.directory.write("x", to: "data/nested/file")
        try project.directory.write("x", to: "data/file")
        let tree = try project.walk.tree(at: project.root.appending("data"))
        #expect(try project.paths("data") == ["file"])
        #expect(tree.skipped.map(\.reason) == [.nestedProject])
        #expect(try project.refusals("data/nested") == ["nested": .projectInside])
    }

    @Test func `links to files are their content and links to folders are passed by`() throws {
        try project.directory.write("four", to: "data/folder/file")
        try project.root.appending("data/link").makeSymbolicLink(to: "folder/file")
        try project.root.appending("data/other").makeSymbolicLink(to: "folder")
        try project.root.appending("data/loop").makeSymbolicLink(to: ".")
        let tree = try project.walk.tree(at: project.root.appending("data"))
        #expect(try project.paths("data") == ["folder/file", "link"])
        #expect(tree.isSymbolicLink(at: 1))
        #expect(!tree.isSymbolicLink(at: 0))
        #expect(tree.status(at: 1).size == 4)
        #expect(tree.skipped.map(\.path.name) == ["loop", "other"])
    }

    @Test func `everything that cannot be tracked is named at once`() throws {
        let data = project.root.appending("data")
        try project.directory.write("x", to: "data/fine")
        try data.appending("broken").makeSymbolicLink(to: "nowhere")
        try data.appending("loop").makeSymbolicLink(to: "pool")
        try data.appending("pool").makeSymbolicLink(to: "loop")
        try project.directory.write("*.x", to: "data/in/.dvcignore")
        #expect(mkfifo(data.appending("pipe").string, 0o600) == 0)
        try data.appending("to-pipe").makeSymbolicLink(to: "pipe")
        try Self.makeSocket(at: data.appending("socket"))
        try data.appending("null").makeSymbolicLink(to: "/dev/null")
        #expect(
            try project.refusals("data") == [
                "broken": .brokenLink, "loop": .linkLoop, "pool": .linkLoop, "pipe": .pipe,
                "to-pipe": .pipe, "socket": .socket, "null": .device,
                ".dvcignore": .ignoreFileInside,
            ]
        )
    }

    @Test func `a name that is not UTF-8 is refused, one with a newline is fine`() throws {
        try project.directory.write("x", to: "data/a\nb")
        #expect(try project.paths("data") == ["a\nb"])
        let name: [CChar] = [0x66, -1, 0]
        let folder = try OpenFile.open(project.root.appending("data"), O_RDONLY)
        #expect(mkdirat(folder.descriptor, name, 0o700) == 0)
        #expect(try project.refusals("data").values.map { $0 } == [.nameNotUTF8])
    }

    @Test func `an empty folder is an empty tree`() throws {
        try project.root.appending("data/empty/er").makeDirectories()
        #expect(try project.paths("data").isEmpty)
    }

    private static func makeSocket(at path: AbsolutePath) throws {
        let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.string.utf8) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw SystemError.last("bind", path.string) }
    }
}
