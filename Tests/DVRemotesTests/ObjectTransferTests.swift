import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem
import DVTestSupport
import Testing

/// Many objects at once: what is moved, what is told, what stops the rest.
@Suite struct ObjectTransferTests {
    private let fixture: RemoteFixture
    private let remote = MemoryRemote()
    /// More than one batch for each thread.
    private let names: [ObjectName]

    init() throws {
        fixture = try RemoteFixture(.memory)
        names = try fixture.insertMany(100)
    }

    private func move(
        _ names: [ObjectName],
        _ direction: TransferDirection = .upload,
        cache: ObjectStore? = nil,
        jobs: Int = 4,
        progress: Progress = Progress("Moving")
    ) throws -> TransferReport {
        try ObjectTransfer(
            cache: cache ?? fixture.cache,
            remote: remote,
            jobs: jobs,
            progress: progress
        )
        .move(names, direction)
    }

    @Test(arguments: [0, 1, 4])
    func `everything is moved, there and back, and told in the order asked for`(jobs: Int) throws {
        let asked = names.shuffled()
        let progress = Progress("Pushing")
        let up = try move(asked, jobs: jobs, progress: progress)
        #expect(up.transferred == asked)
        #expect(up.failures.isEmpty)
        #expect(remote.names == names)
        #expect(progress.completedItems == names.count)

        let other = fixture.otherCache()
        #expect(try move(asked, .download, cache: other, jobs: jobs).transferred == asked)
        #expect(try other.missing(among: names, jobs: 1).isEmpty)
    }

    @Test func `nothing to move is no error`() throws {
        let report = try move([])
        #expect(report.transferred.isEmpty && report.failures.isEmpty)
    }

    @Test func `bad objects are told in order and do not stop the others`() throws {
        let bad = [names[3], names[40], names[99]]
        for name in bad { remote.fail(name, with: Broken()) }
        let report = try move(names)
        #expect(report.failures.map(\.name) == bad)
        #expect(report.failures.allSatisfy { $0.error is Broken })
        let good = names.filter { !bad.contains($0) }
        #expect(report.transferred == good)
        #expect(remote.names == good)
    }

    @Test func `objects that are nowhere are told as missing`() throws {
        let nowhere = ObjectName(Digest(of: Array("never stored".utf8)))
        let report = try move([names[0], nowhere, names[1]])
        #expect(report.transferred == [names[0], names[1]])
        #expect(report.failures.map(\.name) == [nowhere])
        #expect(report.failures.first?.error as? ObjectError == .missing(nowhere))
    }

    @Test func `wrong content on the remote is a failure of that object only`() throws {
        _ = try move(names)
        remote[names[7]] = Array("something else".utf8)
        let other = fixture.otherCache()
        let report = try move(names, .download, cache: other)
        #expect(report.failures.map(\.name) == [names[7]])
        #expect(try other.missing(among: names, jobs: 1) == [names[7]])
    }

    private static let stopping: [any Error] = [
        Interrupted(),
        ObjectError.unwritableCache(SystemError("write", "remote", code: .noSpace)),
    ]

    @Test(arguments: stopping)
    func `what concerns all objects stops the transfer, and a second one completes it`(
        error: any Error
    ) throws {
        remote.fail(names[20], with: error)
        #expect(throws: (any Error).self) { try move(names, jobs: 1) }
        #expect(remote.names == Array(names[..<20]))
        remote.fail(names[20], with: nil)
        let rest = try remote.missing(among: names, jobs: 2)
        #expect(try move(rest).transferred == Array(names[20...]))
        #expect(remote.names == names)
    }

    private struct Broken: Error {}
}
