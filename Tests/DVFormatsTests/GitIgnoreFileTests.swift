import DVFormats
import Testing

@Suite struct GitIgnoreFileTests {
    @Test(arguments: [
        ("", "a", "/a\n"),
        ("/b\n", "a", "/b\n/a\n"),
        ("/b", "a", "/b\n/a\n"),
        ("/a\n", "a", "/a\n"),
        ("/a  \r\n", "a", "/a  \r\n"),
        ("", "x y", "/x y\n"),
        ("", "a*[b]?!#\\c", "/a\\*\\[b\\]\\?\\!\\#\\\\c\n"),
        ("", "sub/a", "/sub/a\n"),
        ("", "two\nlines ", "/two?lines\\ \n"),
    ])
    func `adding writes an entry once`(text: String, name: String, expected: String) {
        var file = GitIgnoreFile(Array(text.utf8))
        let isNew = file.add(name)
        #expect(String(decoding: file.bytes, as: UTF8.self) == expected)
        #expect(isNew == (text != expected))
        let again = file.add(name)
        #expect(!again)
    }

    @Test(arguments: [
        ("/a\n", "a", ""),
        ("/b\n/a\n/c\n", "a", "/b\n/c\n"),
        ("# mine\r\n/a\r\n*.log\r\n", "a", "# mine\r\n*.log\r\n"),
        ("/a*\n/a\\*\n/ab\n", "a*", "/ab\n"),
        ("a\n/ab\n", "a", "a\n/ab\n"),
        ("/b\n/a", "a", "/b\n"),
    ])
    func `removing takes the entry and nothing else`(text: String, name: String, expected: String) {
        var file = GitIgnoreFile(Array(text.utf8))
        let isFound = file.remove(name)
        #expect(String(decoding: file.bytes, as: UTF8.self) == expected)
        #expect(isFound == (text != expected))
        #expect(file.isEmpty == expected.isEmpty)
    }

    @Test func `many names are added as one after the other`() {
        let names = ["b", "a", "x*", "a", "c"]
        var once = GitIgnoreFile(Array("/a  \n/d".utf8))
        var each = once
        let new = once.add(names)
        for name in names { each.add(name) }
        #expect(new == ["b", "x*", "c"])
        #expect(once == each)
        #expect(once.add(names).isEmpty)
    }

    @Test(
        arguments: [
            ("/a\n", "a", true), ("/b\n/a  \r\n", "a", true), ("/x\\*\n", "x*", true),
            ("/b\n", "a", false), ("a\n", "a", false), ("*\n", "a", false),
            ("/a\n!/a\n", "a", false), ("!/b\n/a\n", "a", false), ("", "a", false),
        ] as [(String, String, Bool)]
    )
    func `only an entry as DVC writes it, and no exception, leaves a name out for sure`(
        text: String,
        name: String,
        isSure: Bool
    ) {
        #expect(GitIgnoreFile(Array(text.utf8)).ownEntries.leaveOut(name) == isSure)
    }

    @Test func `a name that is not UTF-8 comes and goes`() {
        var file = GitIgnoreFile(Array("x\n".utf8))
        let isNew = file.add([0xFF, 0x2A])
        #expect(isNew)
        #expect(file.bytes == Array("x\n/".utf8) + [0xFF] + Array("\\*\n".utf8))
        let isFound = file.remove([0xFF, 0x2A])
        #expect(isFound)
        #expect(file.bytes == Array("x\n".utf8))
    }
}
