import DVGit
import DVSystem
import Testing

/// Bare copies of repositories that are elsewhere.
@Suite struct GitMirrorTests {
    private let repository: RealRepository
    private let copy: AbsolutePath
    private let access: GitAccess

    init() throws {
        repository = try RealRepository()
        try repository.git("commit", "--quiet", "--allow-empty", "--message", "first")
        try repository.git("branch", "side")
        copy = repository.directory.path.appending("copy")
        access = GitAccess(environment: .current(), in: repository.directory.path)
    }

    @Test func `a copy follows branches, tags and the default branch`() throws {
        let git = try GitRepository.createBare(at: copy)
        try git.mirror(repository.root.string, access)
        let first = try repository.git("rev-parse", "HEAD")
        #expect(try git.commit(named: "HEAD").map { $0.id.hex + "\n" } == first)
        #expect(try git.branches().count == 2)

        try repository.git("commit", "--quiet", "--allow-empty", "--message", "second")
        try repository.git("tag", "v2")
        try repository.git("branch", "--quiet", "-D", "side")
        let again = try #require(try GitRepository.open(at: copy))
        try again.mirror(repository.root.string, access)
        let second = try repository.git("rev-parse", "HEAD")
        for name in ["HEAD", "v2"] {
            #expect(try again.commit(named: name).map { $0.id.hex + "\n" } == second)
        }
        #expect(try again.branches().count == 1)
    }

    @Test func `what cannot be reached is an error, and no repository is nil`() throws {
        let git = try GitRepository.createBare(at: copy)
        #expect(throws: GitError.self) {
            try git.mirror(repository.root.appending("nowhere").string, access)
        }
        #expect(try GitRepository.open(at: repository.directory.path) == nil)
    }
}
