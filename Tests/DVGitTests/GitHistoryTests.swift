import DVGit
import DVSystem
import Testing

@Suite struct GitHistoryTests {
    /// Two commits on a branch, one of them tagged, and one on another branch.
    private func repository() throws -> RealRepository {
        let real = try RealRepository()
        try real.write("one", to: "a/file")
        try real.commit("first\n\nwith a body")
        try real.git("tag", "-a", "-m", "annotated", "v1")
        try real.write("two", to: "a/file")
        try real.root.appending("a/file").setPermissions(0o755)
        try real.commit("second")
        try real.git("checkout", "--quiet", "-b", "side", "HEAD~1")
        try real.write("three", to: "b/c/other name")
        try real.commit("third")
        return real
    }

    @Test func `a revision is what git rev-parse says`() throws {
        let real = try repository()
        let repository = try real.opened()
        for revision in ["HEAD", "HEAD~1", "v1", "side", "side^"] {
            let expected = try real.git("rev-parse", revision + "^{commit}")
            #expect(try repository.commit(named: revision)?.id.hex == expected.line)
        }
        #expect(try repository.commit(named: "nowhere") == nil)
        #expect(try repository.commit(named: "HEAD:b") == nil)
        #expect(try repository.commit(named: "not a name") == nil)
    }

    @Test func `a name that could start a digest is a name`() throws {
        let real = try repository()
        try real.git("branch", "abc", "v1")
        let repository = try real.opened()
        for unknown in ["a", "fed", "b~1", "fe^{commit}"] {
            #expect(try repository.commit(named: unknown) == nil)
        }
        let expected = try real.git("rev-parse", "v1^{commit}").line
        #expect(try repository.commit(named: "abc")?.id.hex == expected)
    }

    @Test func `a commit tells who, when and what`() throws {
        let real = try repository()
        let commit = try #require(try real.opened().commit(named: "v1"))
        #expect(commit.summary == "first")
        let format = try real.git("log", "-1", "--format=%an|%ae|%at|%T|%P", "v1").line
        let author = commit.author
        #expect("\(author.name)|\(author.email)|\(author.time)|\(commit.tree)|" == format)
    }

    @Test func `branches and tags are sorted, and history starts with the newest`() throws {
        let real = try repository()
        let repository = try real.opened()
        let branches = try repository.branches()
        #expect(branches.map(\.name).sorted() == branches.map(\.name))
        #expect(branches.map(\.name).contains("side"))
        #expect(try repository.tags().map(\.name) == ["v1"])
        var seen: [String] = []
        try repository.forEachCommit(from: branches.map(\.commit.id)) {
            seen.append($0.id.hex)
            return true
        }
        let expected = try real.git("rev-list", "--branches").split(separator: "\n").map(
            String.init
        )
        #expect(Set(seen) == Set(expected))
        #expect(seen.count == 3)
        #expect(seen.last == (try real.git("rev-parse", "v1^{commit}").line))
    }

    @Test func `files of a revision are read without a checkout`() throws {
        let real = try repository()
        let repository = try real.opened()
        let side = try #require(try repository.commit(named: "side"))
        let tree = repository.tree(of: side)
        #expect(try tree.content(at: path("b/c/other name")) == Array("three".utf8))
        #expect(try tree.content(at: path("a/file")) == Array("one".utf8))
        #expect(try tree.content(at: path("a")) == nil)
        #expect(try tree.content(at: path("a/file/below")) == nil)
        #expect(
            try tree.entries(in: .empty).map { String(decoding: $0.name, as: UTF8.self) } == [
                "a", "b",
            ]
        )
        let branches = try repository.branches()
        let main = try #require(branches.first { $0.name != "side" })
        let entry = try repository.tree(of: main.commit).entry(at: path("a/file"))
        #expect(entry?.kind == .file(isExecutable: true))
    }

    private func path(_ text: String) throws -> RelativePath {
        try #require(RelativePath(text))
    }
}

extension String {
    var line: String { split(separator: "\n").first.map(String.init) ?? "" }
}
