import DVSystem
import DVTestSupport
import Testing

@Suite struct PaddedFileTests {
    private let directory: TemporaryDirectory
    private let path: AbsolutePath

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.appending("claims")
    }

    @Test func `a text of a page stays in the same file, and gets spaces where it gets shorter`()
        throws
    {
        try replace(with: "a longer text")
        let before = try FileStatus.following(path)
        try replace(with: "short")
        #expect(try text() == "short        ")
        #expect(try FileStatus.following(path).inode == before.inode)
        try replace(with: "a text that is longer again")
        #expect(try text() == "a text that is longer again")
        #expect(try FileStatus.following(path).inode == before.inode)
    }

    @Test func `a longer text gets a new file, and so does what follows it`() throws {
        for count in [100, 4097, 5000, 4096, 10] {
            let text = String(repeating: "x", count: count)
            let before = try FileStatus.ifPresent(path)
            try replace(with: text)
            #expect(try self.text().trimmingSpaces == text)
            let isNew = try FileStatus.following(path).inode != before?.inode
            #expect(isNew == (count != 10), "\(count)")
        }
    }

    @Test func `what the file has then is told`() throws {
        for text in ["{}", "a longer text", "{}", ""] {
            let bytes = try PaddedFile(at: path).replace(with: Array(text.utf8))
            #expect(try path.readBytes() == bytes)
            #expect(try PaddedFile(at: path).bytes == bytes)
        }
    }

    private func replace(with text: String) throws {
        _ = try PaddedFile(at: path).replace(with: Array(text.utf8))
    }

    private func text() throws -> String { String(decoding: try path.readBytes(), as: UTF8.self) }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
