import DVHashing
import DVSystem
import DVTestSupport
import DVWorkspace
import Glibc
import Testing

@Suite struct StateStoreTests {
    let project: TestProject
    let count = 150

    init() throws {
        project = try TestProject()
        try project.makeFiles((0..<count).map { "data/\($0 % 7)/file\($0)" })
        sleepPastTick()
    }

    /// Adds, damages the store, and checks that the truth still comes out, and that the store works again afterwards.
    private func survives(_ damage: () throws -> Void) throws {
        let before = try project.tree("data")
        #expect(try project.tree("data").counters.known == count)
        try damage()
        #expect(try project.tree("data").name == before.name)
        #expect(try project.tree("data").name == before.name)
        #expect(try project.tree("data").counters.known == count)
    }

    @Test(arguments: 1...8)
    func `random damage costs time only`(seed: UInt64) throws {
        try survives {
            var random = SplitMix(state: seed)
            var bytes = try project.stateFile.readBytes()
            for _ in 0..<Int(seed * seed * seed) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            try project.stateFile.replaceContents(with: bytes)
        }
    }

    @Test(arguments: [0, 1, 100, 4096, 20_000, 30_001])
    func `a truncated store costs time only`(length: Int) throws {
        try survives {
            let bytes = try project.stateFile.readBytes()
            try project.stateFile.replaceContents(with: Array(bytes.prefix(length)))
        }
    }

    @Test func `a store replaced by a folder is remade`() throws {
        try survives {
            try project.stateFile.removeFile()
            try project.directory.write("x", to: ".dvc/tmp/dvswift/state.db/file")
        }
        #expect(!project.details.all.isEmpty)
    }

    @Test func `a store that cannot be made is done without`() throws {
        try project.directory.write("in the way", to: ".dvc/tmp/dvswift")
        let first = try project.tree("data")
        #expect(try project.tree("data").counters.hashed == count)
        #expect(try project.tree("data").name == first.name)
        #expect(!project.details.all.isEmpty)
    }

    @Test func `two users at once agree`() throws {
        let expected = try project.tree("data").name
        try WorkerPool(jobs: 4).forEach(count: 8, batchSize: 1) { _ in
            let state = project.state()
            let hasher = TreeHasher(
                walk: WorkspaceWalk(
                    ignoring: IgnoreFiles(projectRoot: project.root),
                    pool: WorkerPool(jobs: 1)
                ),
                state: state
            )
            let path = project.root.appending("data")
            #expect(try hasher.content(at: path)?.name == expected)
            try project.stateFile.removeFile()
        }
        #expect(try project.tree("data").name == expected)
    }

    @Test func `rows of vanished files go away`() throws {
        _ = try project.tree("data")
        try project.root.appending("data/0/file0").removeFile()
        _ = try project.tree("data")
        try project.directory.write("", to: "data/0/file0")
        #expect(try project.tree("data").counters.hashed == 1)
    }

    @Test func `verified objects are remembered by status`() throws {
        let object = ObjectName(Digest(of: [1]))
        let file = project.root.appending("data/1/file1")
        let status = try FileStatus.following(file)
        let state = project.state()
        state.remember(verified: object, status: status, clock: state.clock())
        state.close()
        #expect(project.state().isVerified(object, status: status))
        #expect(!project.state().isVerified(ObjectName(Digest(of: [2])), status: status))
        try file.setPermissions(0o600)
        #expect(!project.state().isVerified(object, status: try FileStatus.following(file)))
    }
}
