import DVHashing
import DVObjects
import DVReporting
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// What every kind of remote does.
@Suite struct RemoteConformanceTests {
    @Test(arguments: RemoteKind.allCases)
    func `a new remote lacks everything, each name told once and in order`(kind: RemoteKind) throws
    {
        let remote = try RemoteFixture(kind).remote
        let names = (0..<5).map { ObjectName(Digest(of: Array("\($0)".utf8))) }
        let asked = Array(names.reversed()) + names
        #expect(try remote.missing(among: asked, jobs: 2) == names.sorted())
        #expect(try remote.missing(among: [], jobs: 2).isEmpty)
        #expect(!remote.location.isEmpty)
    }

    @Test(arguments: RemoteKind.allCases, Sample.allCases)
    func `what was uploaded comes back the same`(kind: RemoteKind, sample: Sample) throws {
        let fixture = try RemoteFixture(kind)
        let content = sample.content
        let name = try fixture.insert(content)
        try fixture.channel().upload(name)
        #expect(try fixture.remote.missing(among: [name], jobs: 1).isEmpty)
        let other = fixture.otherCache()
        try fixture.channel(to: other).download(name)
        #expect(try other.bytes(of: name) == content)
    }

    /// More than any kind sends or reads at once, and than S3 takes in one request; a GiB would take minutes.
    private static let largerThanParts = (0..<23).flatMap { _ in Sample.longNoise.content }

    @Test(arguments: RemoteKind.allCases)
    func `an object larger than all parts of a transfer comes back the same`(
        kind: RemoteKind
    ) throws {
        let fixture = try RemoteFixture(kind)
        let content = Self.largerThanParts
        #expect(content.count > 32 << 20)
        let name = try fixture.insert(content)
        try fixture.channel().upload(name)
        #expect(try fixture.remote.missing(among: [name], jobs: 1).isEmpty)
        let other = fixture.otherCache()
        try fixture.channel(to: other).download(name)
        // Its name is the digest that was checked on the way.
        #expect(try other.contains(name))
        withExtendedLifetime(fixture) {}
    }

    @Test(arguments: RemoteKind.allCases)
    func `a listing and a file of the same content are two objects`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let file = try fixture.insert(Array("[]".utf8))
        let listing = try fixture.insert(Array("[]".utf8), isListing: true)
        try fixture.channel().upload(listing)
        #expect(try fixture.remote.missing(among: [listing, file], jobs: 1) == [file])
        try fixture.channel().upload(file)
        #expect(try fixture.remote.missing(among: [listing, file], jobs: 1).isEmpty)
        let other = fixture.otherCache()
        try fixture.channel(to: other).download(listing)
        #expect(try other.bytes(of: listing) == Array("[]".utf8))
        #expect(try !other.contains(file))
    }

    @Test(arguments: RemoteKind.allCases)
    func `moving an object again is fine`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let name = try fixture.insert(Sample.shortText.content)
        let channel = try fixture.channel()
        try channel.upload(name)
        try channel.upload(name)
        try channel.download(name)
        #expect(try fixture.cache.bytes(of: name) == Sample.shortText.content)
    }

    @Test(arguments: RemoteKind.allCases)
    func `what is missing does not depend on the number of jobs`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        // Enough in one folder to list it, few in others.
        let texts = (0..<5000).map { Array("object \($0)".utf8) }
        let chosen = texts.filter { Digest(of: $0).folder == 7 } + texts.prefix(20)
        let names = try chosen.map { try fixture.insert($0) }.sorted()
        let there = names.enumerated().filter { $0.offset.isMultiple(of: 3) }.map(\.element)
        let channel = try fixture.channel()
        for name in there { try channel.upload(name) }
        let wanted = names.filter { !there.contains($0) }
        for jobs in [1, 2, 7] {
            #expect(try fixture.remote.missing(among: names.shuffled(), jobs: jobs) == wanted)
        }
    }

    @Test(arguments: RemoteKind.allCases)
    func `several clones may upload the same objects at once`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let names = try fixture.insertMany(30) + [fixture.insert(Sample.longText.content)]
        let (remote, cache) = (fixture.remote, fixture.cache)
        try WorkerPool(jobs: 4).forEach(count: 4, batchSize: 1) { _ in
            let channel = try remote.makeChannel(to: cache, progress: Progress("Pushing"))
            for name in names { try channel.upload(name) }
        }
        let other = fixture.otherCache()
        let channel = try fixture.channel(to: other)
        for name in names { try channel.download(name) }
        #expect(try other.missing(among: names, jobs: 1).isEmpty)
    }

    @Test(arguments: RemoteKind.allCases)
    func `progress counts bytes of content and objects`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let samples = Sample.allCases.map(\.content)
        let total = samples.reduce(0) { $0 + Int64($1.count) }
        let names = try samples.map { try fixture.insert($0) }
        let (up, down) = (Progress("Pushing"), Progress("Fetching"))
        let channel = try fixture.channel(progress: up)
        for name in names { try channel.upload(name) }
        #expect(up.completedBytes == total)
        #expect(up.completedItems == names.count)
        let other = fixture.otherCache()
        let scratch = other.makeScratch(progress: down)
        let otherChannel = try fixture.channel(to: other, progress: down)
        for name in names { try otherChannel.download(name, scratch: scratch) }
        #expect(down.completedBytes == total)
        #expect(down.completedItems == names.count)
    }
}

/// What programs over storages rely on.
extension RemoteConformanceTests {
    @Test(arguments: RemoteKind.allCases)
    func `a content can be read when nobody holds its connection any more`(kind: RemoteKind) throws
    {
        guard let storage = try kind.makeStorage() else { return }
        let file = RelativePath.empty.appending("large")
        let bytes = [UInt8](repeating: 7, count: 3 << 20)
        try storage.connect().write(BytesContent(bytes), to: file)
        let content = try #require(try storage.connect().open(file, from: 0))
        #expect(try content.bytes() == bytes)
    }
}

/// The small files that are kept beside objects.
extension RemoteConformanceTests {
    @Test(arguments: RemoteKind.listable)
    func `files beside the objects come back, and are listed below their folder only`(
        kind: RemoteKind
    ) throws {
        let fixture = try RemoteFixture(kind)
        let remote = fixture.remote
        // Its folder would go with the fixture, and the remote make it anew.
        defer { withExtendedLifetime(fixture) {} }
        let runs = RelativePath.empty.appending("runs")
        let files = ["ab/one", "ab/two words", "cd/é"].map { runs.appending($0) }
        #expect(try remote.files(in: runs).isEmpty)
        #expect(try remote.read(files[0]) == nil)
        for file in files.reversed() { try remote.write(Array(file.string.utf8), to: file) }
        try remote.write([1], to: RelativePath.empty.appending("elsewhere"))
        #expect(try remote.files(in: runs) == files)
        try remote.write([], to: files[1])
        #expect(try remote.read(files[1]) == [])
        #expect(try remote.read(files[2]) == Array(files[2].string.utf8))
    }
}
