import DVSystem
import DVTestSupport
import Testing

/// Imports of imports, also of those that DVC 2 made, through the real binary.
@Suite struct ImportChainTests {
    private let project: TemporaryProject
    /// Has the data as DVC 2 keeps it: names without carriage returns of text, objects right in the cache.
    private let oldest: TemporaryProject
    /// Imported it with DVC 2; neither its cache nor a remote has any of it.
    private let middle: TemporaryProject

    private static let text = "dd8c6a395b5dd36c56d23275028f526c"
    private static let binary = "cc46a231b9ad58f39bb33ff42afc967b"
    private static let listing = "f808254341836795d89771f4cb7c0c2d.dir"

    init() throws {
        project = try TemporaryProject()
        try project.commitAll("init")
        oldest = try project.clone(named: "oldest")
        let entries =
            #"[{"md5": "\#(Self.text)", "relpath": "s/t"}, {"md5": "\#(Self.binary)", "relpath": "x"}]"#
        for (name, content) in [
            (Self.text, "a\r\nb\r\n"), (Self.binary, "bin\0\r\n"), (Self.listing, entries),
        ] {
            try oldest.write(content, to: ".dvc/cache/\(name.prefix(2))/\(name.dropFirst(2))")
        }
        try oldest.write(Self.output, to: "d.dvc")
        try oldest.commitAll("data of DVC 2")
        middle = try project.clone(named: "middle")
        let head = try oldest.run(.git, "rev-parse", "HEAD")
        let dependency = """
            frozen: true
            deps:
            - path: d
              repo:
                url: ../oldest
                rev_lock: \(head)
            """
        try middle.write(dependency + Self.output, to: "d.dvc")
        try middle.write("/d\n", to: ".gitignore")
        try middle.commitAll("import of DVC 2")
    }

    private static let output =
        "outs:\n- md5: \(listing)\n  size: 12\n  nfiles: 2\n  path: d\n"

    @Test func `an import of an import of DVC 2 has the names of DVC 3`() throws {
        try project.run(.dvswift, "import", "../middle", "d")
        try project.run(.dvswift, "import", "../middle", "d/s/t", "-o", "text")
        try project.run(.dvswift, "get", "../middle", "d", "-o", "got")
        for name in ["d/s/t", "text", "got/s/t"] {
            #expect(try project.text(of: name) == "a\r\nb\r\n")
        }
        #expect(try project.text(of: "d/x") == "bin\0\r\n")
        let pointer = try project.text(of: "d.dvc")
        #expect(pointer.contains("- md5: 496825aafa71bad7dc0d33f6e2bbbb51.dir\n  size: 12\n"))
        #expect(pointer.contains("    url: ../middle\n"))
    }

    @Test func `a pull brings an import of DVC 2 under the names that its pointer has`() throws {
        try middle.run(.dvswift, "pull")
        #expect(try middle.text(of: "d/s/t") == "a\r\nb\r\n")
        #expect(try !middle.run(.dvswift, "status").contains("changed outs"))
        #expect(try middle.exists(".dvc/cache/cc/" + Self.binary.dropFirst(2)))
        #expect(try !middle.exists(".dvc/cache/files"))
        let cache = try middle.tree(".dvc/cache").paths
        #expect(cache.allSatisfy { !$0.contains(TemporaryFile.namePrefix) })
    }

    @Test func `imported data that is nowhere here is listed from where it came from`() throws {
        #expect(try middle.run(.dvswift, "ls", ".", "d", "-R") == "s/t\nx\n")
        #expect(try project.run(.dvswift, "ls", "../middle", "d", "-R") == "s/t\nx\n")
        let address = "file://" + middle.root.string
        #expect(try project.run(.dvswift, "ls", address, "--dvc-only", "-R") == "d/s/t\nd/x\n")
        try oldest.root.rename(to: oldest.surroundings.appending("away"))
        let result = try middle.attempt(.dvswift, "ls", ".", "--dvc-only", "-R")
        #expect(result.errors.contains("the listing of 'd' is neither"))
        #expect(result.reason.isSuccess)
    }
}
