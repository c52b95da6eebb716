import DVFormats
import DVHashing
import DVSystem
import Testing

/// Entries of a listing are replaced without the others being touched.
@Suite struct ListingPartTests {
    private static func digest(_ text: String) -> Digest { Digest(of: Array(text.utf8)) }

    private static func listing(_ paths: String...) throws -> DirectoryListing {
        var builder = DirectoryListing.Builder()
        for path in paths {
            let file = try #require(RelativePath(path))
            builder.append(file, digest(path))
        }
        return try builder.finish(file: "data")
    }

    private static func replacing(
        _ path: String,
        with part: ListingPart
    ) throws -> DirectoryListing {
        let all = try listing("a", "sub-1", "sub/c", "sub/d/e", "sub0", "z")
        let place = try #require(RelativePath(path))
        return try all.replacing(place, with: part, file: "data")
    }

    @Test(
        arguments: [
            ("a", ["a", "sub-1", "sub/c", "sub/d/e", "sub0", "z"]),
            ("b/new", ["a", "b/new", "sub-1", "sub/c", "sub/d/e", "sub0", "z"]),
            ("zz", ["a", "sub-1", "sub/c", "sub/d/e", "sub0", "z", "zz"]),
            ("0", ["0", "a", "sub-1", "sub/c", "sub/d/e", "sub0", "z"]),
            ("sub", ["a", "sub", "sub-1", "sub0", "z"]),
            ("a/below", ["a/below", "sub-1", "sub/c", "sub/d/e", "sub0", "z"]),
        ]
    )
    func `a file takes the place of everything at and below its path`(
        path: String,
        expected: [String]
    ) throws {
        let new = try Self.replacing(path, with: .file(Self.digest("new")))
        #expect(new.map(\.path.string) == expected)
        let wanted = try #require(RelativePath(path))
        let index = try #require(new.index(of: wanted))
        #expect(new.digest(at: index) == Self.digest("new"))
    }

    @Test func `a folder replaces the entries below it`() throws {
        let folder = try Self.listing("x", "y/z")
        let new = try Self.replacing("sub", with: .folder(folder))
        #expect(new.map(\.path.string) == ["a", "sub-1", "sub/x", "sub/y/z", "sub0", "z"])
        #expect(new[2].digest == Self.digest("x"))
    }

    @Test(arguments: ["sub", "sub/d", "a", "nothing"])
    func `what is gone leaves the others`(path: String) throws {
        let new = try Self.replacing(path, with: .nothing)
        let others = ["a", "sub-1", "sub/c", "sub/d/e", "sub0", "z"].filter {
            $0 != path && !$0.hasPrefix(path + "/")
        }
        #expect(new.map(\.path.string) == others)
    }
}
