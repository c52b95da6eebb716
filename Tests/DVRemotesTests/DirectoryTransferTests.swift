import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem
import DVTestSupport
import Testing

/// Objects that go to and come from a directory many at a time, verified side by side.
@Suite struct DirectoryTransferTests {
    private static let kinds: [RemoteKind] = [.plainDirectory, .encodedDirectory]

    private static func move(
        _ names: [ObjectName],
        _ direction: TransferDirection,
        _ cache: ObjectStore,
        _ remote: any Remote,
        _ progress: Progress = Progress("Moving")
    ) throws -> TransferReport {
        try ObjectTransfer(cache: cache, remote: remote, jobs: 1, progress: progress)
            .move(names, direction)
    }

    /// Of many lengths, some larger than a frame.
    private static func insert(into fixture: RemoteFixture) throws -> [ObjectName] {
        try (0..<70).map { number in
            let count = number % 20 == 7 ? (1 << 20) + number : 500 * number
            return try fixture.insert(
                Array("object \(number),".utf8) + Array(repeating: 7, count: count)
            )
        }
    }

    @Test(arguments: kinds)
    func `many at once arrive as each by itself, every byte counted once`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let names = try Self.insert(into: fixture)
        let sizes = try names.map { try fixture.cache.size(of: $0) ?? 0 }
        let (up, down) = (Progress("Pushing"), Progress("Fetching"))
        let other = fixture.otherCache()
        #expect(
            try Self.move(names, .upload, fixture.cache, fixture.remote, up).transferred == names
        )
        #expect(
            try Self.move(names, .download, other, fixture.remote, down).transferred == names
        )
        for name in names { #expect(try Digest(of: other.bytes(of: name)) == name.digest) }
        #expect(up.completedBytes == sizes.reduce(0, +))
        #expect(down.completedBytes == sizes.reduce(0, +))
    }

    @Test(arguments: kinds)
    func `a damaged object among many is neither pushed nor fetched`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let names = try Self.insert(into: fixture)
        _ = try Self.move(names, .upload, fixture.cache, fixture.remote)
        let bad = [names[3], names[27]]
        for name in bad { try fixture.damage(name) { $0[$0.count / 2] ^= 4 } }
        let other = fixture.otherCache()
        let report = try Self.move(names, .download, other, fixture.remote)
        #expect(report.failures.map(\.name) == bad)
        #expect(try other.missing(among: names, jobs: 1) == bad.sorted())

        // The remote of one is the cache of the other.
        let damaged = ObjectStore(at: fixture.folder)
        let clean = DirectoryRemote(
            at: fixture.directory.appending("clean"),
            scheme: .md5,
            layout: .plain
        )
        let pushed = try Self.move(names, .upload, damaged, clean)
        #expect(pushed.failures.map(\.name) == bad)
        #expect(try clean.missing(among: names, jobs: 1) == bad.sorted())
    }
}
