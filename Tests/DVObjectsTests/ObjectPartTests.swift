import DVHashing
import DVReporting
import DVSystem
import Testing

@testable import DVObjects

/// A large object whose fetch broke off is not fetched from its start again.
@Suite struct ObjectPartTests {
    /// A place that gives content from any offset, and breaks off after so many bytes.
    private final class Source {
        struct Broken: Error {}

        var content: [UInt8]
        var limit = Int.max
        private(set) var offsets: [Int64] = []

        init(_ content: [UInt8]) { self.content = content }

        func open(_ offset: Int64) -> ArrivingContent {
            offsets.append(offset)
            var rest = content[Int(offset)...]
            return ArrivingContent(size: Int64(content.count)) { buffer in
                if self.content.count - rest.count >= self.limit { throw Broken() }
                let part = rest.prefix(min(buffer.count, 700_000))
                part.withUnsafeBytes { buffer.copyMemory(from: $0) }
                rest = rest.dropFirst(part.count)
                return part.count
            }
        }
    }

    private static let forms: [(Compression, isText: Bool)] = [
        (.none, false), (.zstd, true), (.zlib, true), (.zstd, false),
    ]

    private static func content(_ isText: Bool) -> [UInt8] {
        isText ? Content.text(20 << 20) : Content.noise(20 << 20)
    }

    private let frame = Int64(1 << 20)

    private func parts(_ fixture: StoreFixture) throws -> [AbsolutePath] {
        try fixture.cacheFiles().filter { $0.string.contains(ObjectLayout.partPrefix) }
    }

    private func fetch(_ name: ObjectName, _ source: Source, _ fixture: StoreFixture) throws {
        try fixture.store.fetch(name, scratch: fixture.store.makeScratch(), opening: source.open)
    }

    /// A fetch that breaks off after 10 MiB.
    private func breakOff(_ source: Source, _ fixture: StoreFixture) throws -> ObjectName {
        let name = ObjectName(Digest(of: source.content))
        source.limit = 10 << 20
        #expect(throws: Source.Broken.self) { try fetch(name, source, fixture) }
        #expect(try !fixture.store.contains(name))
        #expect(try parts(fixture).count == 1)
        source.limit = .max
        return name
    }

    @Test(arguments: forms)
    func `a fetch goes on with what the one before has`(
        compression: Compression,
        isText: Bool
    ) throws {
        let fixture = try StoreFixture(compression)
        let source = Source(Self.content(isText))
        let name = try breakOff(source, fixture)
        // Once more, a little further on.
        source.limit = 15 << 20
        #expect(throws: Source.Broken.self) { try fetch(name, source, fixture) }
        source.limit = .max
        try fetch(name, source, fixture)
        #expect(try fixture.stored(name) == name.digest)
        #expect(try fixture.cacheFiles().count == 1)
        try #require(source.offsets.count == 3)
        // What was between reading and writing at that moment is fetched again.
        #expect(source.offsets[0] == 0)
        #expect(source.offsets[1] > 2 * frame && source.offsets[1] <= 11 * frame)
        #expect(source.offsets[2] > source.offsets[1] && source.offsets[2] <= 16 * frame)
    }

    @Test(arguments: forms)
    func `a part that is damaged costs a fetch from the start, and nothing else`(
        compression: Compression,
        isText: Bool
    ) throws {
        for place in [100, 3 << 20] {
            let fixture = try StoreFixture(compression)
            let source = Source(Self.content(isText))
            let name = try breakOff(source, fixture)
            let part = try #require(try parts(fixture).first)
            var bytes = try part.readBytes()
            bytes[min(place, bytes.count / 2)] ^= 0x40
            try part.replaceContents(with: bytes)
            try fetch(name, source, fixture)
            #expect(try fixture.stored(name) == name.digest)
            #expect(try fixture.cacheFiles().count == 1)
        }
    }

    @Test func `wrong content leaves no part, and small objects leave none`() throws {
        let fixture = try StoreFixture()
        let source = Source(Content.noise(20 << 20))
        let wrong = ObjectName(Digest(of: [1]))
        #expect(throws: ObjectError.self) { try fetch(wrong, source, fixture) }
        #expect(try fixture.cacheFiles().isEmpty)
        let small = Source(Content.noise(15 << 20))
        small.limit = 10 << 20
        let name = ObjectName(Digest(of: small.content))
        #expect(throws: Source.Broken.self) { try fetch(name, small, fixture) }
        #expect(try fixture.cacheFiles().isEmpty)
    }

    @Test func `a source that does not go on is asked from the start`() throws {
        let fixture = try StoreFixture()
        let source = Source(Content.noise(20 << 20))
        let name = try breakOff(source, fixture)
        var asked: [Int64] = []
        try fixture.store.fetch(name, scratch: fixture.store.makeScratch()) { offset in
            asked.append(offset)
            if offset > 0 { throw ResumptionRefused() }
            return source.open(offset)
        }
        #expect(asked.count == 2 && asked[0] > 0 && asked[1] == 0)
        #expect(try fixture.stored(name) == name.digest)
        #expect(try fixture.cacheFiles().count == 1)
    }

    @Test func `two fetches of one object at once do not touch each other's part`() throws {
        let fixture = try StoreFixture()
        let source = Source(Content.noise(20 << 20))
        let name = try breakOff(source, fixture)
        var isInner = false
        try fixture.store.fetch(name, scratch: fixture.store.makeScratch()) { offset in
            if !isInner {
                isInner = true
                #expect(offset > 0)
                // Breaks off beside the first, which holds the part.
                let other = Source(source.content)
                other.limit = 5 << 20
                #expect(throws: Source.Broken.self) { try fetch(name, other, fixture) }
                #expect(other.offsets == [0])
                let left = try parts(fixture)
                #expect(left.count == 1)
            }
            return source.open(offset)
        }
        #expect(try fixture.stored(name) == name.digest)
        #expect(try fixture.cacheFiles().count == 1)
    }

    @Test func `parts of objects that nobody needs are garbage`() throws {
        let fixture = try StoreFixture()
        let source = Source(Content.noise(20 << 20))
        let name = try breakOff(source, fixture)
        let store = fixture.store
        #expect(try store.unused(besides: SortedNames([name]), jobs: 1).isEmpty)
        let unused = try store.unused(besides: SortedNames(), jobs: 1)
        #expect(unused.map(\.name) == [name])
        #expect(unused[0].size > 2 * frame)
        #expect(try store.remove(unused, unlessNewerThan: 0, jobs: 1).isEmpty)
        #expect(try parts(fixture).count == 1)
        #expect(try store.remove(unused, unlessNewerThan: .max, jobs: 1) == unused)
        #expect(try fixture.cacheFiles().isEmpty)
        // Nor is one of use whose object has come in another way.
        _ = try breakOff(source, fixture)
        _ = try fixture.insert(source.content)
        #expect(try store.unused(besides: SortedNames([name]), jobs: 1).map(\.name) == [name])
    }
}
