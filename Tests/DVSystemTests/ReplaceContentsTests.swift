import DVSystem
import DVTestSupport
import Testing

/// Files are replaced as a whole, and links to files stay links.
@Suite struct ReplaceContentsTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.appending("folder").makeDirectories()
    }

    private func path(_ name: String) -> AbsolutePath { directory.appending(name) }

    @Test func `a chain of links leads to the file that is replaced`() throws {
        try path("folder/file").replaceContents(with: [1])
        try path("folder/file").setPermissions(0o640)
        try path("folder/inner").makeSymbolicLink(to: "file")
        try path("outer").makeSymbolicLink(to: "folder/inner")
        try path("outer").replaceContents(with: [2])
        #expect(try path("outer").symbolicLinkTarget() == "folder/inner")
        #expect(try path("folder/inner").symbolicLinkTarget() == "file")
        #expect(try path("folder/file").readBytes() == [2])
        #expect(try FileStatus.ifPresent(path("folder/file"))?.permissions == 0o640)
    }

    @Test func `a link that climbs out of a linked folder leads where the kernel says`() throws {
        try path("deep/er").makeDirectories()
        try path("deep/file").replaceContents(with: [1])
        try path("deep/er/link").makeSymbolicLink(to: "../file")
        try path("short").makeSymbolicLink(to: "deep/er")
        try path("short/link").replaceContents(with: [2])
        #expect(try path("deep/file").readBytes() == [2])
        #expect(try !path("file").exists())
    }

    @Test func `a link to nothing gets its file`() throws {
        try path("link").makeSymbolicLink(to: "folder/new")
        try path("link").replaceContents(with: [3])
        #expect(try path("folder/new").readBytes() == [3])
    }

    @Test func `a file that need not last is replaced too, and the old one leaves no trace`() throws
    {
        let file = path("folder/file")
        try file.replaceContents(with: [1], isLasting: false)
        try file.setPermissions(0o640)
        try file.replaceContents(with: [2, 3], isLasting: false)
        #expect(try file.readBytes() == [2, 3])
        #expect(try FileStatus.ifPresent(file)?.permissions == 0o640)
        #expect(try path("folder").childNames().map(\.string) == ["file"])
    }

    @Test func `links in a circle are an error`() throws {
        try path("one").makeSymbolicLink(to: "two")
        try path("two").makeSymbolicLink(to: "one")
        #expect(throws: SystemError.self) { try path("one").replaceContents(with: [4]) }
        #expect(try path("two").symbolicLinkTarget() == "one")
    }
}
