import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem
import DVTestSupport
import Testing

/// How objects lie in a shared directory.
@Suite struct DirectoryRemoteTests {
    @Test(arguments: [Sample.empty, .shortText, .longText])
    func `the plain layout keeps content where DVC looks for it`(sample: Sample) throws {
        let fixture = try RemoteFixture(.plainDirectory)
        let name = try fixture.insert(sample.content)
        try fixture.channel().upload(name)
        let path = "files/md5/\(name.text.prefix(2))/\(name.text.dropFirst(2))"
        #expect(try fixture.folder.appending(path).readBytes() == sample.content)
        #expect(try fixture.folder.files() == [path])
    }

    @Test(arguments: [Sample.shortText, .longText])
    func `the encoded layout takes less space and the standard tool reads it`(
        sample: Sample
    ) throws {
        let fixture = try RemoteFixture(.encodedDirectory)
        let name = try fixture.insert(sample.content)
        try fixture.channel().upload(name)
        let path = fixture.folder.appending(try #require(try fixture.folder.files().first))
        #expect(try path.readBytes().count < sample.content.count / 10)
        let result = try ProgramResult.running(
            ["sh", "-c", "zstd -dqc \"$0\" | md5sum", path.string],
            environment: try TestEnvironment(home: fixture.directory.appending("home")).entries(),
            in: fixture.directory.path
        )
        #expect(result.output.hasPrefix(name.text))
    }

    @Test(arguments: DirectoryRemote.Layout.allCases, DirectoryRemote.Layout.allCases)
    func `each layout reads what the other wrote and does not write it twice`(
        writer: DirectoryRemote.Layout,
        reader: DirectoryRemote.Layout
    ) throws {
        let fixture = try RemoteFixture(.plainDirectory)
        let name = try fixture.insert(Sample.longText.content)
        try Self.channel(fixture, writer, fixture.cache).upload(name)
        let before = try fixture.folder.files()
        try Self.channel(fixture, reader, fixture.cache).upload(name)
        #expect(try fixture.folder.files() == before)
        let other = fixture.otherCache()
        try Self.channel(fixture, reader, other).download(name)
        #expect(try other.contains(name))
    }

    @Test func `objects of DVC 2 lie directly in the folder`() throws {
        let fixture = try RemoteFixture(.plainDirectory)
        let cache = ObjectStore(at: fixture.directory.appending("legacy"), scheme: .md5DOS2Unix)
        let content = Array("a\r\nb\r\n".utf8)
        let name = try cache.insert(bytes: content, isListing: false, scratch: cache.makeScratch())
        let remote = DirectoryRemote(at: fixture.folder, scheme: .md5DOS2Unix, layout: .plain)
        try remote.makeChannel(to: cache, progress: Progress("Pushing")).upload(name)
        let path = "\(name.text.prefix(2))/\(name.text.dropFirst(2))"
        #expect(try fixture.folder.appending(path).readBytes() == content)
        #expect(try remote.missing(among: [name], jobs: 1).isEmpty)
    }

    @Test(arguments: [RemoteKind.plainDirectory, .encodedDirectory])
    func `a failed transfer leaves no file behind`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let name = try fixture.insert(Sample.longNoise.content)
        try fixture.channel().upload(name)
        try fixture.damage(name) { $0[$0.count / 2] ^= 1 }
        let other = fixture.otherCache()
        #expect(throws: ObjectError.self) { try fixture.channel(to: other).download(name) }
        #expect(try other.root.files().isEmpty)
    }

    @Test(arguments: [RemoteKind.plainDirectory, .encodedDirectory])
    func `objects are read-only`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        try fixture.channel().upload(try fixture.insert(Sample.shortText.content))
        for file in try fixture.folder.files() {
            let status = try FileStatus.following(fixture.folder.appending(file))
            #expect(status.permissions & 0o222 == 0)
        }
    }

    private static func channel(
        _ fixture: RemoteFixture,
        _ layout: DirectoryRemote.Layout,
        _ cache: ObjectStore
    ) throws -> any RemoteChannel {
        try DirectoryRemote(at: fixture.folder, scheme: .md5, layout: layout)
            .makeChannel(to: cache, progress: Progress("Moving"))
    }
}
