import DVFormats
import DVHashing
import DVSystem
import DVTestSupport
import Testing

@Suite struct DirectoryListingTests {
    /// Written by DVC 3.67.1: the object of a directory with such names, and (the second) its tree of names that are not
    /// UTF-8, which its `add` refuses but its listings can hold.
    static let written = [
        (
            name: "d3bb4a1280067633b54c70a2e92025a3.dir",
            text: #"""
            [{"md5": "8f14e45fceea167a5a36dedd4bea2543", "relpath": "\u0001ctl"}, {"md5": "c74d97b01eae257e44aa9d5bade97baf", "relpath": "-dash"}, {"md5": "3c59dc048e8850243be8079a5c74d079", "relpath": "A"}, {"md5": "70efdf2ec9b086079795c442636b55fb", "relpath": "a-1"}, {"md5": "1f0e3dad99908345f7439f8ffabdffc4", "relpath": "a.x"}, {"md5": "6f4922f45568161a8cdf4ad2299f6d23", "relpath": "a/b"}, {"md5": "eccbc87e4b5ce2fe28308fd9f2a7baf3", "relpath": "back\\slash"}, {"md5": "a87ff679a2f3e71d9181a67b7542122c", "relpath": "new\nline"}, {"md5": "cfcd208495d565ef66e7dff9f98764da", "relpath": "plain.txt"}, {"md5": "c81e728d9d4c2f636f067f89cc14862c", "relpath": "quote\"s"}, {"md5": "c4ca4238a0b923820dcc509a6f75849b", "relpath": "sp ace"}, {"md5": "98f13708210194c475687be6106a3b84", "relpath": "sub/z"}, {"md5": "e4da3b7fbbce2345d7772b0674a318d5", "relpath": "tab\tx"}, {"md5": "1679091c5a880faf6fb5e6087eb1b2dc", "relpath": "\u007fdel"}, {"md5": "c9f0f895fb98ab9159f51fd0297e236d", "relpath": "\u00e9.txt"}, {"md5": "45c48cce2e2d7fbdea1afc51c7c6ad26", "relpath": "\u65e5\u672c.csv"}, {"md5": "6512bd43d9caa6e02c990b0a82652dca", "relpath": "\ue000priv"}, {"md5": "c20ad4d76fe97759aa27a0c99bff6710", "relpath": "\ufffdrep"}, {"md5": "d3d9446802a44259755d38e6d163e820", "relpath": "\ud83d\ude00.png"}]
            """#
        ),
        (
            name: "eb216e45759148e9fd7f5dc0a8ff491b.dir",
            text: #"""
            [{"md5": "0cc175b9c0f1b6a831c399e269772661", "relpath": "a"}, {"md5": "7c00db9d0f083065f849ee883e2082af", "relpath": "badc"}, {"md5": "e0fad0863d1d36189aa761ed24ab2358", "relpath": "bad\u00e9"}, {"md5": "1ca4e97ee726749f1cd10cec99a3ed62", "relpath": "bad\udcc3"}, {"md5": "bf34be62e79f0bc7baacd98fa97cde5f", "relpath": "bad\udcff.bin"}, {"md5": "7feae5fc3052b7fa4d248ca43294861e", "relpath": "\ud7ffk"}, {"md5": "a723b8c22faead250b37393396b78be3", "relpath": "\udc80/x"}, {"md5": "1b4fd8a7b1759804be0dd8aa66377985", "relpath": "\udced\udca0\udc80sur"}, {"md5": "6722fd3de59ed31f39b3b9b4ffdcc40a", "relpath": "\ue000p"}, {"md5": "2a02eac39d716a70ecf37579185927b6", "relpath": "\ud83d\ude00"}]
            """#
        ),
    ]

    @Test(arguments: written)
    func `a listing of DVC keeps its bytes and its name`(name: String, text: String) throws {
        let listing = try parse(text)
        #expect(String(decoding: listing.serialized(), as: UTF8.self) == text)
        #expect(listing.objectName().text == name)
    }

    @Test(arguments: written)
    func `the order of appending does not matter`(name: String, text: String) throws {
        var builder = DirectoryListing.Builder()
        for entry in try parse(text).reversed() { builder.append(entry.path, entry.digest) }
        #expect(try builder.finish(file: "x").objectName().text == name)
    }

    @Test func `names that are not UTF-8 come back as their bytes`() throws {
        let listing = try parse(Self.written[1].text)
        #expect(listing.path(at: 4).bytes == Array("bad".utf8) + [0xFF] + Array(".bin".utf8))
        for index in listing.indices {
            #expect(listing.index(of: listing.path(at: index)) == index)
        }
    }

    @Test func `an empty listing is two brackets`() throws {
        #expect(try parse("[]").isEmpty)
        #expect(DirectoryListing().serialized() == Array("[]".utf8))
    }

    @Test func `other fields, spaces and raw UTF-8 are read as JSON`() throws {
        let listing = try parse(
            """
            [ {"size": 12, "relpath": "b\\/é", "version_id": null, "meta": [{"a": -1.5e3}, {}, []],
               "md5": "C4CA4238A0B923820DCC509A6F75849B"},
              {"md5": "c81e728d9d4c2f636f067f89cc14862c", "relpath": "a"} ]

            """
        )
        #expect(listing.map(\.path.string) == ["a", "b/é"])
        #expect(listing[1].digest.hex == "c4ca4238a0b923820dcc509a6f75849b")
    }

    @Test(arguments: [
        ("", "empty path"), ("/etc/passwd", "absolute path"), ("a//b", "empty component"),
        ("a/", "empty component"), (".", "leaves"), ("a/./b", "leaves"), ("../x", "leaves"),
        ("a/../../x", "leaves"), ("a/..", "leaves"), (".git/config", "Git folder"),
        ("a/.git", "Git folder"), (".dvc/config", "project folder"), ("a\\u0000b", "NUL"),
    ])
    func `an unsafe path is refused`(path: String, problem: String) {
        let error = #expect(throws: FormatError.self) { try parse(entries(path)) }
        #expect(error?.problem.contains(problem) == true)
        #expect(error?.file == "x.dir")
    }

    @Test(arguments: [".gitignore", ".dvc", "a.dvc", "..a", "...", ".gitx/y", "a\\\\b", "~", "-r"])
    func `an odd but safe path is accepted`(path: String) throws {
        #expect(try parse(entries(path)).count == 1)
    }

    @Test(arguments: [
        (["a", "a"], "twice"), (["a", "a/b"], "is a file"),
        (["a", "a-1", "a.b", "a/b"], "is a file"),
        (["d/e", "d/e!", "d/e-", "d/e/f/g"], "is a file"), (["a/b", "b", "a/b/c"], "is a file"),
        (["\\udcc3", "\\u00e9", "\\udcc3/x"], "is a file"),
    ])
    func `paths that cannot exist together are refused`(paths: [String], problem: String) {
        let error = #expect(throws: FormatError.self) { try parse(entries(paths)) }
        #expect(error?.problem.contains(problem) == true)
    }

    @Test(arguments: [
        ("", 1), ("{}", 1), ("[", 2), (#"[{"md5": "xyz"}]"#, 11), ("[{}]", 2), ("[] x", 4),
        (#"[{"md5": "d41d8cd98f00b204e9800998ecf8427e.dir", "relpath": "a"}]"#, 11),
        (#"[{"relpath": "a"}]"#, 2), (#"[{"relpath": "a", "relpath": "b"}]"#, 29),
        (#"[{"relpath": "\ud800"}]"#, 15), (#"[{"relpath": "\udc41"}]"#, 15),
        (#"[{"relpath": "\x"}]"#, 15), (#"[{"relpath": "a"#, 16), ("[\n\t{,", 3),
        ("[{\"relpath\": \"a\u{1}\"}]", 16), (#"[{"a": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["#, 40),
    ])
    func `malformed text is refused with its place`(text: String, column: Int) {
        let error = #expect(throws: FormatError.self) { try parse(text) }
        #expect(error?.column == column, "\(String(describing: error))")
    }

    @Test func `text that is not UTF-8 is refused`() {
        let text = Array(entries("a?b").utf8).map { $0 == UInt8(ascii: "?") ? 0xFF : $0 }
        #expect(throws: FormatError.self) { try DirectoryListing(parsing: text, file: "x") }
    }

    @Test func `a folder's listing has its files, named from it`() throws {
        let listing = try parse(entries(["a-1", "a.x", "a/b", "a/c/d", "a0", "b"]))
        let folder = try #require(RelativePath("a"))
        #expect(listing.listing(below: folder).map(\.path.string) == ["b", "c/d"])
        #expect(listing.indices(below: folder) == 2..<4)
        #expect(listing.listing(below: .empty) == listing)
        #expect(try listing.listing(below: #require(RelativePath("zz"))).isEmpty)
        #expect(try listing.index(of: #require(RelativePath("a"))) == nil)
    }

    @Test(arguments: 0..<40)
    func `random directories survive and differ as sets do`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let (old, new) = (randomFiles(&random), randomFiles(&random))
        let (before, after) = (try listing(old), try listing(new))
        #expect(try DirectoryListing(parsing: before.serialized(), file: "x") == before)
        #expect(
            Dictionary(uniqueKeysWithValues: before.map { ($0.path, $0.digest) }) == old
        )
        var changed: Set<String> = []
        for change in after.changes(since: before) {
            switch change {
            case .added(let new): changed.insert("+\(after.path(at: new))")
            case .removed(let old): changed.insert("-\(before.path(at: old))")
            case .modified(let old, let new):
                #expect(before.path(at: old) == after.path(at: new))
                changed.insert("*\(after.path(at: new))")
            }
        }
        var expected = Set(new.keys.filter { old[$0] == nil }.map { "+\($0)" })
        expected.formUnion(old.keys.filter { new[$0] == nil }.map { "-\($0)" })
        expected.formUnion(
            old.keys.filter { new[$0] != nil && new[$0] != old[$0] }.map { "*\($0)" }
        )
        #expect(changed == expected)
    }

    private func randomFiles(_ random: inout SplitMix) -> [RelativePath: Digest] {
        var files: [RelativePath: Digest] = [:]
        let pieces = ["a", "b-", "é", "日", "x y", "\u{E000}", "😀", "Z.\n"]
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            // The last component alone carries the suffix, so no path is both a file and a folder.
            let folders = (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in
                pieces.randomElement(using: &random)
            }
            let name = (pieces.randomElement(using: &random) ?? "") + ".f"
            guard let path = RelativePath((folders + [name]).joined(separator: "/")) else {
                continue
            }
            files[path] = Digest(of: [UInt8.random(in: 0...1, using: &random)])
        }
        return files
    }

    private func listing(_ files: [RelativePath: Digest]) throws -> DirectoryListing {
        var builder = DirectoryListing.Builder()
        for (path, digest) in files { builder.append(path, digest) }
        return try builder.finish(file: "x")
    }

    private func parse(_ text: String) throws -> DirectoryListing {
        try DirectoryListing(parsing: Array(text.utf8), file: "x.dir")
    }

    private func entries(_ paths: String...) -> String { entries(paths) }

    private func entries(_ paths: [String]) -> String {
        let entries = paths.map {
            #"{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "\#($0)"}"#
        }
        return "[" + entries.joined(separator: ", ") + "]"
    }
}
