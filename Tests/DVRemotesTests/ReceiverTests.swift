import DVHashing
import DVObjects
import DVReporting
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// Contents that go from elsewhere straight to a remote: complete under their names, or not at all.
@Suite struct ReceiverTests {
    private static let large = (0..<StorageReceiver.smallSize + 100_000).map {
        UInt8(truncatingIfNeeded: $0 &* 31 >> 3)
    }

    private static let contents = [[], Array("small".utf8), large]

    @Test(arguments: RemoteKind.allCases)
    func `a content gets the name that it turns out to have`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let progress = Progress("Sending")
        let receiver = try fixture.remote.makeReceiver(progress: progress)
        for content in Self.contents {
            let name = ObjectName(Digest(of: content))
            for _ in 1...2 {
                let taken = try receiver.take { FakeIncoming(content) }
                #expect(taken == ReceivedObject(name: name, size: Int64(content.count)))
            }
            try fixture.remote.makeChannel(to: fixture.cache, progress: progress).download(name)
            #expect(try fixture.cache.bytes(of: name) == content)
        }
        guard RemoteKind.listable.contains(kind), kind != .memory else { return }
        #expect(try fixture.remote.files(in: .empty).count == Self.contents.count)
    }

    @Test(arguments: RemoteKind.listable.filter { $0 != .memory })
    func `a source that breaks leaves nothing behind`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let receiver = try fixture.remote.makeReceiver(progress: Progress("Sending"))
        for place in [0, 100, StorageReceiver.smallSize + 50_000] {
            #expect(throws: StorageError.self) {
                try receiver.take { FakeIncoming(Self.large, breakingAt: place) }
            }
        }
        let files = try fixture.remote.files(in: .empty)
        // rclone may end a transfer that broke after it was told to remove what came of it: no object, but a file.
        let drafts = files.filter { $0.name.hasPrefix(TemporaryFile.namePrefix) }
        #expect(files == (kind == .rclone ? drafts : []))
    }

    @Test func `what is read twice must be the same both times`() throws {
        let fixture = try RemoteFixture(.http)
        let receiver = try fixture.remote.makeReceiver(progress: Progress("Sending"))
        var opened = 0
        #expect(throws: ObjectError.self) {
            try receiver.take {
                opened += 1
                return FakeIncoming(opened == 1 ? Self.large : Self.large.reversed())
            }
        }
        #expect(opened > 1)
        let names = [Self.large, Self.large.reversed()].map { ObjectName(Digest(of: $0)) }
        #expect(try fixture.remote.missing(among: names, jobs: 1).count == 2)
    }

    @Test func `a source that does not tell its size is read twice`() throws {
        let fixture = try RemoteFixture(.sftp)
        let receiver = try fixture.remote.makeReceiver(progress: Progress("Sending"))
        let taken = try receiver.take { FakeIncoming(Self.large, isTellingSize: false) }
        #expect(taken.name == ObjectName(Digest(of: Self.large)))
        #expect(try fixture.remote.missing(among: [taken.name], jobs: 1) == [])
    }
}

/// Bytes that come in uneven pieces, and may break off.
private final class FakeIncoming: IncomingContent {
    let size: Int64?
    let tag: String? = nil
    private var rest: ArraySlice<UInt8>
    private let breakingAt: Int?

    init(_ bytes: [UInt8], breakingAt place: Int? = nil, isTellingSize: Bool = true) {
        size = isTellingSize ? Int64(bytes.count) : nil
        rest = bytes[...]
        breakingAt = place
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if let breakingAt, rest.startIndex >= breakingAt {
            throw StorageError(.refused("it broke"), at: "somewhere")
        }
        let part = rest.prefix(min(buffer.count, 65_521))
        part.withUnsafeBytes { buffer.copyMemory(from: $0) }
        rest = rest.dropFirst(part.count)
        return part.count
    }
}
