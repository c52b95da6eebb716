import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import Testing

/// Large contents that were verified once are recognised afterwards, every byte of them.
@Suite struct KnownContentsTests {
    private static let forms: [Compression] = [.none, .zstd, .zlib]
    private static let content = Content.text(3 * Content.frame + 77)

    private static func restore(
        _ name: ObjectName,
        from store: ObjectStore,
        _ fixture: StoreFixture
    ) throws -> Digest {
        let target = fixture.directory.appending(TemporaryFile.uniqueName())
        _ = try store.restore(name, to: target, scratch: store.makeScratch())
        return try Digest(of: target.readBytes())
    }

    private static func push(
        _ name: ObjectName,
        from store: ObjectStore,
        _ fixture: StoreFixture
    ) throws -> ObjectStore {
        let remote = ObjectStore(at: fixture.directory.appending(TemporaryFile.uniqueName()))
        try remote.insert(name, from: store, scratch: remote.makeScratch())
        return remote
    }

    @Test(arguments: forms)
    func `what was stored is recognised when it is copied and sent, by other processes too`(
        form: Compression
    ) throws {
        let fixture = try StoreFixture(form)
        let name = try fixture.insert(Self.content)
        #expect(fixture.knownContents.recognitions == 0)
        #expect(try Self.restore(name, from: fixture.store, fixture) == name.digest)
        #expect(fixture.knownContents.recognitions == 1)
        let (store, knownContents) = fixture.reopened()
        #expect(try Self.restore(name, from: store, fixture) == name.digest)
        let remote = try Self.push(name, from: store, fixture)
        #expect(knownContents.recognitions == 2)
        #expect(try Digest(of: remote.bytes(of: name)) == name.digest)
    }

    @Test func `what came from elsewhere was hashed once, and is recognised`() throws {
        let fixture = try StoreFixture(.auto)
        let other = ObjectStore(at: fixture.directory.appending("other"))
        let name = try other.insert(
            bytes: Self.content,
            isListing: false,
            scratch: other.makeScratch()
        )
        try fixture.store.insert(name, from: other, scratch: fixture.store.makeScratch())
        #expect(fixture.knownContents.recognitions == 0)
        #expect(try Self.restore(name, from: fixture.store, fixture) == name.digest)
        #expect(fixture.knownContents.recognitions == 1)

        // Again, as after the cache was lost: what comes from elsewhere is hashed although it is known.
        for file in try fixture.cacheFiles() { try file.removeFile() }
        try fixture.store.insert(name, from: other, scratch: fixture.store.makeScratch())
        #expect(fixture.knownContents.recognitions == 1)
    }

    @Test func `small contents are not remembered`() throws {
        let fixture = try StoreFixture()
        let name = try fixture.insert(Content.text(Content.frame))
        #expect(try Self.restore(name, from: fixture.store, fixture) == name.digest)
        #expect(try !fixture.directory.appending("state").exists())
    }

    @Test(arguments: forms, [0, 1 << 20, 3 << 20 + 50])
    func `a flipped bit is found although the content is known`(
        form: Compression,
        place: Int
    ) throws {
        let fixture = try StoreFixture(form)
        let name = try fixture.insert(Self.content)
        let path = try #require(fixture.cacheFiles().first)
        var bytes = try path.readBytes()
        bytes[place % bytes.count] ^= 0x10
        try path.removeFile()
        try path.replaceContents(with: bytes)
        for (store, _) in [(fixture.store, fixture.knownContents), fixture.reopened()] {
            #expect(throws: ObjectError.self) { try Self.restore(name, from: store, fixture) }
            #expect(throws: ObjectError.self) { try Self.push(name, from: store, fixture) }
        }
        #expect(fixture.knownContents.recognitions == 0)
        #expect(
            try fixture.store.verify([name], isQuick: false, jobs: 1, progress: nil).damaged.map(
                \.name
            ) == [name]
        )
    }

    @Test func `a check of all content computes the digest whatever is known`() throws {
        let fixture = try StoreFixture()
        let name = try fixture.insert(Self.content)
        let findings = try fixture.store.verify([name], isQuick: false, jobs: 2, progress: nil)
        #expect(findings.damaged.isEmpty && findings.checked == 1)
        #expect(fixture.knownContents.recognitions == 0)
    }

    /// The first word, the secret, a digest, a check value, a seal.
    @Test(arguments: [0, 20, 203, 220, 235])
    func `damaged records cost time only`(place: Int) throws {
        let fixture = try StoreFixture()
        let name = try fixture.insert(Self.content)
        let file = fixture.directory.appending("state/contents")
        var bytes = try file.readBytes()
        try #require(bytes.count == 240)
        bytes[place] ^= 1
        try file.replaceContents(with: bytes)
        let (store, knownContents) = fixture.reopened()
        #expect(try Self.restore(name, from: store, fixture) == name.digest)
        #expect(knownContents.recognitions == 0)
        #expect(try Self.restore(name, from: store, fixture) == name.digest)
        #expect(knownContents.recognitions == 1)
    }

    @Test func `a file that was cut is started anew`() throws {
        let fixture = try StoreFixture()
        let name = try fixture.insert(Self.content)
        let file = fixture.directory.appending("state/contents")
        try file.replaceContents(with: Array(file.readBytes().dropLast(3)))
        for expected in [0, 1] {
            let (store, knownContents) = fixture.reopened()
            #expect(try Self.restore(name, from: store, fixture) == name.digest)
            #expect(knownContents.recognitions == expected)
        }
    }

    @Test func `nowhere to remember is no error`() throws {
        let fixture = try StoreFixture()
        _ = try fixture.directory.write("a file", to: "state")
        let name = try fixture.insert(Self.content)
        #expect(try Self.restore(name, from: fixture.store, fixture) == name.digest)
        #expect(fixture.knownContents.recognitions == 0)
    }
}
