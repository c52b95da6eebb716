import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import Glibc
import Testing

/// What is done with many objects at once is the same as with each.
@Suite struct BatchTests {
    /// Fill the lanes and the memory of a batch, several times; some are larger than a frame, some equal.
    private static let contents: [[UInt8]] =
        (0..<30).map { Content.text(3000 * $0) }
        + (0..<30).map { Content.noise(3000 * $0 + 1) }
        + (0..<12).map { Content.noise(Content.frame - 5 + $0) }
        + [Content.text(100), Content.text(3 * Content.frame), Content.text(100), []]

    private static func write(_ fixture: StoreFixture) throws -> [AbsolutePath] {
        try contents.enumerated().map { try fixture.directory.write($1, to: "source\($0)") }
    }

    @Test(arguments: Compression.allCases)
    func `files stored together are what they are one by one`(compression: Compression) throws {
        let fixture = try StoreFixture(compression)
        let paths = try Self.write(fixture)
        let store = fixture.store
        let objects = try store.insert(filesAt: paths, scratch: store.makeScratch())
        for (object, (path, content)) in zip(objects, zip(paths, Self.contents)) {
            let object = try #require(object)
            #expect(object.name.digest == Digest(of: content))
            #expect(try object.status == FileStatus.ifPresent(path))
            #expect(try fixture.stored(object.name) == object.name.digest)
        }
        let new = objects.filter { $0?.isNew == true }
        #expect(
            try new.count == Set(Self.contents).count && new.count == fixture.cacheFiles().count
        )
        let again = try store.insert(filesAt: paths, scratch: store.makeScratch())
        #expect(again.allSatisfy { $0?.isNew == false })
    }

    /// Files of sysfs end before the size that they say, as a file does that is cut while it is read.
    @Test(.enabled(if: access("/sys/devices/system/cpu/online", R_OK) == 0))
    func `a file that changes among others is not stored`() throws {
        let fixture = try StoreFixture()
        let cut = try #require(AbsolutePath("/sys/devices/system/cpu/online"))
        let path = try fixture.directory.write("sound", to: "source")
        let objects = try fixture.store.insert(
            filesAt: [cut, path, cut],
            scratch: fixture.store.makeScratch()
        )
        #expect(objects.map { $0?.name.digest } == [nil, Digest(of: Array("sound".utf8)), nil])
        #expect(try fixture.cacheFiles().count == 1)
    }

    @Test(arguments: Compression.allCases)
    func `objects read ahead are restored as they are, damaged and missing ones are not`(
        compression: Compression
    ) throws {
        let fixture = try StoreFixture(compression)
        let store = fixture.store
        let paths = try Self.write(fixture)
        var names = try store.insert(filesAt: paths, scratch: store.makeScratch())
            .compactMap { $0?.name }
        names.insert(ObjectName(Digest(of: [1, 2, 3])), at: 5)
        let damaged = try Self.damage(names[41], fixture)
        let scratch = store.makeScratch()
        var next = 0
        for (index, name) in names.enumerated() {
            if index == next { next += try store.readAhead(names[index...], scratch: scratch) }
            let target = fixture.directory.appending("restored\(index)")
            let restore = { _ = try store.restore(name, to: target, scratch: scratch) }
            switch index {
            case 5: #expect(throws: ObjectError.self) { try restore() }
            case 41:
                #expect(throws: ObjectError.self) { try restore() }
                #expect(try !target.exists() && damaged.exists())
            default:
                try restore()
                #expect(try Digest(of: target.readBytes()) == name.digest)
            }
        }
    }

    @Test(arguments: Compression.allCases)
    func `a check of all content finds each damaged object`(compression: Compression) throws {
        let fixture = try StoreFixture(compression)
        let store = fixture.store
        let names = try store.insert(
            filesAt: Self.write(fixture),
            scratch: store.makeScratch()
        ).compactMap { $0?.name }
        for index in [20, 45, 65] { _ = try Self.damage(names[index], fixture) }
        let findings = try store.verify(nil, isQuick: false, jobs: 2, progress: nil)
        #expect(findings.checked == Set(names).count)
        #expect(findings.damaged.map(\.name) == [names[20], names[45], names[65]].sorted())
    }

    /// Changes one byte in the middle of an object's file.
    private static func damage(_ name: ObjectName, _ fixture: StoreFixture) throws -> AbsolutePath {
        let forms =
            [fixture.plainPath(name)] + [".gz", ".zst"].map { fixture.encodedPath(name, $0) }
        let path = try #require(try forms.first { try $0.exists() })
        var bytes = try path.readBytes()
        bytes[bytes.count / 2] ^= 0x10
        try path.removeFile()
        try OpenFile.creating(path).write(bytes)
        return path
    }
}
