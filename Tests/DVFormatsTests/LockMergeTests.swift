import DVFormats
import DVSystem
import DVHashing
import Testing

/// Merges of lock files and of listings.
@Suite struct LockMergeTests {
    private func lock(_ stages: (name: String, command: String)...) -> [UInt8] {
        let entries = stages.map { "  \($0.name):\n    cmd: \($0.command)\n" }
        return Array(("schema: '2.0'\nstages:\n" + entries.joined()).utf8)
    }

    private func merge(_ old: [UInt8], _ ours: [UInt8], _ theirs: [UInt8]) throws -> LockMerge {
        try LockMerge(ancestor: old, ours: ours, theirs: theirs, file: "dvc.lock")
    }

    @Test func `stages that one side changed, added or removed are so in the result`() throws {
        let result = try merge(
            lock(("a", "x"), ("b", "x"), ("c", "x"), ("d", "x")),
            lock(("a", "y"), ("b", "x"), ("d", "x"), ("mine", "x")),
            lock(("a", "x"), ("b", "y"), ("c", "x"), ("theirs", "x"))
        )
        #expect(result.conflicts.isEmpty)
        let expected = lock(("a", "y"), ("b", "y"), ("mine", "x"), ("theirs", "x"))
        #expect(
            String(decoding: result.bytes, as: UTF8.self)
                == String(decoding: expected, as: UTF8.self)
        )
    }

    @Test func `the same change on both sides is no conflict, however it is written`() throws {
        let quoted = Array("schema: '2.0'\nstages:\n  a:\n    cmd: \"2\"\n".utf8)
        let plain = Array("schema: '2.0'\nstages:\n  a:\n    cmd: '2'\n".utf8)
        #expect(try merge(lock(("a", "x")), quoted, plain).bytes == quoted)
    }

    @Test func `both versions of a stage stand between markers, the rest is merged`() throws {
        let result = try merge(
            lock(("a", "x"), ("b", "x")),
            lock(("a", "ours"), ("b", "x")),
            lock(("a", "theirs"), ("b", "new"))
        )
        #expect(result.conflicts == ["a"])
        let expected = """
            schema: '2.0'
            stages:
            <<<<<<< ours
              a:
                cmd: ours
            =======
              a:
                cmd: theirs
            >>>>>>> theirs
              b:
                cmd: new

            """
        #expect(String(decoding: result.bytes, as: UTF8.self) == expected)
    }

    @Test func `a stage that one side changed and the other removed is a conflict`() throws {
        let result = try merge(
            lock(("a", "x"), ("b", "x")),
            lock(("b", "x")),
            lock(("a", "y"), ("b", "x"))
        )
        #expect(result.conflicts == ["a"])
        #expect(
            String(decoding: result.bytes, as: UTF8.self).hasSuffix(
                "<<<<<<< ours\n=======\n  a:\n    cmd: y\n>>>>>>> theirs\n"
            )
        )
    }

    @Test func `two new lock files become one`() throws {
        let result = try merge([], lock(("a", "x")), lock(("b", "x")))
        #expect(result.bytes == lock(("a", "x"), ("b", "x")))
    }

    @Test func `what is no lock file is an error`() {
        #expect(throws: FormatError.self) {
            try merge(lock(("a", "x")), Array("<<<<<<<".utf8), lock(("a", "x")))
        }
    }

    private func listing(_ files: [String: UInt64]) throws -> DirectoryListing {
        var builder = DirectoryListing.Builder()
        for (path, digest) in files {
            let path = try #require(RelativePath(path))
            builder.append(path, Digest(high: digest, low: 0))
        }
        return try builder.finish(file: "listing")
    }

    private func merge(
        _ old: [String: UInt64],
        _ ours: [String: UInt64],
        _ theirs: [String: UInt64]
    ) throws -> DirectoryListing {
        try DirectoryListing.merging(
            ancestor: try listing(old),
            ours: try listing(ours),
            theirs: try listing(theirs),
            file: "data.dvc"
        )
    }

    @Test func `directories are merged file by file`() throws {
        let merged = try merge(
            ["same": 1, "mine": 1, "other": 1, "gone": 1, "both gone": 1, "both": 1],
            ["same": 1, "mine": 2, "other": 1, "gone": 1, "both": 2, "new/a": 5],
            ["same": 1, "mine": 1, "other": 3, "both": 2, "new/b": 6]
        )
        #expect(
            merged
                == (try listing([
                    "same": 1, "mine": 2, "other": 3, "both": 2, "new/a": 5, "new/b": 6,
                ]))
        )
    }

    @Test(arguments: [["a": UInt64(2), "b": 1], ["b": 1]])
    func `files that both sides changed differently are named`(ours: [String: UInt64]) throws {
        let error = #expect(throws: DirectoryListing.MergeConflict.self) {
            try merge(["a": 1, "b": 1], ours, ["a": 3, "b": 1])
        }
        #expect(error?.paths.map(\.string) == ["a"])
    }
}
