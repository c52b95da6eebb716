import DVHashing
import DVObjects
import DVReporting
import DVSystem
import DVTestSupport
import Testing

@Suite struct RoundTripTests {
    static let sizes = [
        0, 1, 4096, 4097, 300_000, Content.frame - 1, Content.frame, Content.frame + 1,
        3 * Content.frame + 5,
    ]

    @Test(arguments: Compression.allCases, sizes)
    func `content of any size comes back from any form`(compression: Compression, size: Int) throws
    {
        let fixture = try StoreFixture(compression)
        for content in [Content.text(size), Content.noise(size)] {
            let name = try fixture.insert(content)
            #expect(name == ObjectName(Digest(of: content)))
            #expect(try fixture.store.contains(name))
            #expect(try fixture.store.size(of: name) == Int64(size))
            var options = RestoreOptions()
            options.isReplacing = true
            let restored = try fixture.restore(name, "restored", options)
            #expect(try fixture.content() == Digest(of: content))
            #expect(
                try restored.status == FileStatus.ifPresent(fixture.directory.appending("restored"))
            )
            #expect(try fixture.stored(name) == Digest(of: content))
        }
    }

    @Test(arguments: [(Compression.zstd, "zstd -dcq", ".zst"), (.zlib, "gzip -dc", ".gz")])
    func `the standard tool reads an encoded object`(
        compression: Compression,
        tool: String,
        suffix: String
    ) throws {
        let fixture = try StoreFixture(compression)
        for size in [1000, 2 * Content.frame + 7] {
            let content = Content.text(size)
            let path = try fixture.encodedPath(fixture.insert(content), suffix)
            let decoded = try output(of: "\(tool) < '\(path.string)'")
            #expect(decoded.map { Digest(of: $0) } == Digest(of: content))
        }
    }

    @Test func `a plain object is where DVC looks, read-only`() throws {
        let fixture = try StoreFixture(.none)
        let path = try fixture.plainPath(fixture.insert(Content.text(10_000)))
        #expect(try Digest(of: path.readBytes()) == Digest(of: Content.text(10_000)))
        #expect(try FileStatus.following(path).permissions == 0o444)
    }

    @Test func `automatic compression leaves plain what would not shrink`() throws {
        let fixture = try StoreFixture(.auto)
        let small = try fixture.insert(Content.text(4096))
        let noise = try fixture.insert(Content.noise(1_000_000))
        let text = try fixture.insert(Content.text(1_000_000))
        let largeNoise = try fixture.insert(Content.noise(2 * Content.frame))
        for name in [small, noise, largeNoise] { #expect(try fixture.plainPath(name).exists()) }
        #expect(try !fixture.plainPath(text).exists())
        #expect(try fixture.encodedPath(text, ".zst").exists())
    }

    @Test func `link types that share the object's file keep objects plain`() throws {
        let fixture = try StoreFixture(.zstd, links: [.hardlink])
        #expect(try fixture.plainPath(fixture.insert(Content.text(100_000))).exists())
    }

    @Test(arguments: Compression.allCases)
    func `a listing has its own name beside a file of the same content`(compression: Compression)
        throws
    {
        let fixture = try StoreFixture(compression)
        let content = Content.text(20_000)
        let scratch = fixture.store.makeScratch()
        let listing = try fixture.store.insert(bytes: content, isListing: true, scratch: scratch)
        #expect(listing.text.hasSuffix(".dir"))
        #expect(try fixture.stored(listing) == Digest(of: content))
        #expect(try !fixture.store.contains(ObjectName(listing.digest)))
        #expect(try fixture.store.missing(among: [listing], jobs: 1).isEmpty)
    }

    @Test func `a listing of several frames is stored`() throws {
        let fixture = try StoreFixture(.auto)
        let content = Content.text(2 * Content.frame + 9)
        let scratch = fixture.store.makeScratch()
        let name = try fixture.store.insert(bytes: content, isListing: true, scratch: scratch)
        #expect(try fixture.stored(name) == Digest(of: content))
    }

    @Test(arguments: Compression.allCases)
    func `a reader gives any part of the content`(compression: Compression) throws {
        let fixture = try StoreFixture(compression)
        let content = Content.text(2 * Content.frame + 100)
        let reader = try fixture.store.reader(for: fixture.insert(content))
        var buffer = [UInt8](repeating: 0, count: 200)
        for offset in [0, 1000, Content.frame - 100, Content.frame, content.count - 50] {
            let count = try buffer.withUnsafeMutableBytes {
                try reader.read(into: $0, at: Int64(offset))
            }
            #expect(buffer[..<count].elementsEqual(content[offset...].prefix(200)))
        }
    }

    @Test func `progress counts content bytes of small and large files`() throws {
        let fixture = try StoreFixture(.zstd)
        let progress = Progress("Adding")
        let scratch = fixture.store.makeScratch(progress: progress)
        for size in [1000, 3 * Content.frame] {
            let path = try fixture.directory.write(Content.text(size), to: "file-\(size)")
            let name = try fixture.store.insert(fileAt: path, scratch: scratch).name
            let target = fixture.directory.appending("out-\(size)")
            let other = fixture.store.makeScratch(progress: progress)
            _ = try fixture.store.restore(name, to: target, scratch: other)
        }
        #expect(progress.completedBytes == Int64(2 * (1000 + 3 * Content.frame)))
    }

    @Test func `what was just stored is restored without another reading`() throws {
        let fixture = try StoreFixture(.zstd)
        let scratch = fixture.store.makeScratch()
        let path = try fixture.directory.write(Content.text(9000), to: "file")
        let name = try fixture.store.insert(fileAt: path, scratch: scratch).name
        // Nothing to read from, and still here.
        for file in try fixture.cacheFiles() { try file.removeFile() }
        let target = fixture.directory.appending("out")
        _ = try fixture.store.restore(name, to: target, scratch: scratch)
        #expect(try target.readBytes() == Content.text(9000))
        _ = try fixture.store.insert(bytes: Content.noise(100), isListing: false, scratch: scratch)
    }

    @Test func `legacy objects are stored and verified by DVC 2's rules`() throws {
        let directory = try TemporaryDirectory()
        let store = ObjectStore(at: directory.appending("cache"), scheme: .md5DOS2Unix)
        let path = try directory.write("a\r\nb\r\n", to: "file")
        let name = try store.insert(fileAt: path, scratch: store.makeScratch()).name
        #expect(name.digest == Digest(of: Array("a\nb\n".utf8)))
        #expect(
            try store.root.appending("\(name.text.prefix(2))/\(name.text.dropFirst(2))").exists()
        )
        #expect(try store.bytes(of: name) == Array("a\r\nb\r\n".utf8))
    }
}
