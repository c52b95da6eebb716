import DVGit
import DVSystem
import Testing

/// What differs between the last commit, the index and the working tree.
@Suite struct GitStatusTests {
    private let repository: RealRepository

    init() throws {
        repository = try RealRepository()
        try repository.write("1", to: "tracked")
        try repository.write("ignored/\n", to: ".gitignore")
        try repository.commit("first")
    }

    private func status(listingUntracked: Bool = false) throws -> GitStatus {
        try repository.opened().status(listingUntracked: listingUntracked)
    }

    @Test func `a clean tree is not dirty`() throws {
        try repository.write("1", to: "ignored/file")
        #expect(try !status(listingUntracked: true).isDirty)
    }

    @Test func `staged and unstaged changes are told apart`() throws {
        try repository.write("22", to: "tracked")
        #expect(try status().hasUnstaged && !status().hasStaged)
        try repository.git("add", "tracked")
        #expect(try status().hasStaged && !status().hasUnstaged)
        try repository.write("333", to: "tracked")
        #expect(try status().hasStaged && status().hasUnstaged)
    }

    @Test func `untracked files are listed one by one, if asked for`() throws {
        for name in ["b", "a/deep/x", "a-1", "ignored/y"] { try repository.write("1", to: name) }
        let paths = try status(listingUntracked: true).untracked.map(\.string)
        #expect(paths == ["a-1", "a/deep/x", "b"])
        #expect(try !status().isDirty)
    }

    @Test func `a repository without commits says so`() throws {
        #expect(try !repository.opened().hasNoCommits)
        let empty = try RealRepository()
        #expect(try empty.opened().hasNoCommits)
        #expect(try !empty.opened().status(listingUntracked: true).isDirty)
    }
}
