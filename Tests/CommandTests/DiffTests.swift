import DVTestSupport
import Testing

/// Tracked data at two moments, through the real binary.
@Suite struct DiffTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        for name in ["a", "b", "deep/c"] { try project.write(name, to: "data/" + name) }
        try project.write("one", to: "one.csv")
        try project.run(.dvswift, "add", "-q", "data", "one.csv")
        try project.commitAll("first")
    }

    private func diff(_ options: String...) throws -> String {
        try project.run(.dvswift, ["diff", "--json"] + options)
    }

    private func answer(
        added: String = "",
        deleted: String = "",
        modified: String = "",
        renamed: String = "",
        missing: String? = ""
    ) -> String {
        func list(_ paths: String) -> String {
            paths.split(separator: " ").map { #"{"path": "\#($0)"}"# }.joined(separator: ", ")
        }
        let renames = renamed.isEmpty ? "" : #"{"path": \#(renamed)}"#
        return #"{"added": [\#(list(added))], "deleted": [\#(list(deleted))], "#
            + #""modified": [\#(list(modified))], "renamed": [\#(renames)]"#
            + (missing.map { #", "not in cache": [\#(list($0))]"# } ?? "") + "}\n"
    }

    @Test func `nothing changed is an empty answer`() throws {
        #expect(try diff() == "{}\n")
        #expect(try project.run(.dvswift, "diff").isEmpty)
    }

    @Test func `every kind of change in the workspace is told once`() throws {
        try project.write("changed", to: "data/a")
        try project.write("new", to: "data/new")
        try project.attempt(["mv", "data/b", "data/deep/b"]).checkingSuccess()
        try project.remove("one.csv")
        let expected = answer(
            added: "data/new",
            deleted: "one.csv",
            modified: "data/ data/a",
            renamed: #"{"old": "data/b", "new": "data/deep/b"}"#
        )
        #expect(try diff() == expected)
    }

    @Test func `two revisions are compared without the workspace`() throws {
        try project.write("changed", to: "data/deep/c")
        try project.run(.dvswift, "add", "-q", "data")
        try project.commitAll("second")
        try project.remove("data")
        let expected = answer(modified: "data/ data/deep/c", missing: nil)
        #expect(try diff("HEAD~1", "HEAD") == expected)
    }

    @Test func `data that was recorded in parts and then as a whole is compared by path`() throws {
        try project.run(.dvswift, "remove", "-q", "data.dvc")
        try project.run(.dvswift, "add", "-q", "data/a", "data/deep")
        try project.commitAll("in parts")
        let expected = answer(
            added: "data/deep/",
            deleted: "data/ data/b",
            missing: nil
        )
        #expect(try diff("HEAD~1", "HEAD") == expected)
    }

    @Test func `a file in the place of a tracked folder is a modification`() throws {
        try project.remove("data")
        try project.write("flat", to: "data")
        let expected = answer(deleted: "data/a data/b data/deep/c", modified: "data/")
        #expect(try diff() == expected)
    }

    @Test func `without the listing files are neither added nor deleted`() throws {
        try project.remove(".dvc/cache")
        try project.write("changed", to: "data/a")
        #expect(try diff() == answer(modified: "data/", missing: "data/ one.csv"))
        #expect(try diff("--hide-missing") == answer(modified: "data/", missing: nil))
    }

    @Test func `targets narrow to files inside a tracked folder`() throws {
        try project.write("changed", to: "data/a")
        try project.write("changed", to: "data/b")
        #expect(try diff("--targets", "data/b") == answer(modified: "data/b"))
        let result = try project.attempt(.dvswift, "diff", "--targets", "nope")
        #expect(result.status == 255)
        #expect(result.errors.contains("No such file or directory: 'nope'"))
    }

    @Test func `what is the same on both sides needs no listing`() throws {
        try project.write("two", to: "one.csv")
        try project.run(.dvswift, "add", "-q", "one.csv")
        try project.commitAll("second")
        try project.remove(".dvc/cache")
        #expect(try diff("HEAD~1", "HEAD") == answer(modified: "one.csv", missing: nil))
    }

    @Test func `the table and the list count files`() throws {
        try project.write("changed", to: "data/a")
        let table = try project.run(.dvswift, "diff", "--md")
        #expect(table.split(separator: "\n").last == "| modified | data/a |", "\(table)")
        let text = try project.run(.dvswift, "diff", "--show-hash")
        #expect(text.contains("    0cc175b9..8977dfac  data/a\n"), "\(text)")
        #expect(text.hasSuffix("files summary: 1 modified\n"))
    }
}

extension TemporaryProject {
    func commitAll(_ message: String) throws {
        try run(.git, "add", "--all")
        try run(.git, "commit", "--quiet", "--message", message)
    }
}
