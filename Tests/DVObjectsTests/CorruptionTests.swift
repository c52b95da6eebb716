import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import Glibc
import Testing

@Suite struct CorruptionTests {
    static let forms: [(Compression, String)] = [(.none, ""), (.zstd, ".zst"), (.zlib, ".gz")]
    static let sizes = [5000, 2 * Content.frame + 1]

    private func damagedObject(
        _ form: (Compression, String),
        _ size: Int,
        _ damage: (inout [UInt8]) -> Void
    ) throws -> (StoreFixture, ObjectName, AbsolutePath) {
        let fixture = try StoreFixture(form.0)
        let name = try fixture.insert(Content.text(size))
        let path = form.0 == .none ? fixture.plainPath(name) : fixture.encodedPath(name, form.1)
        var bytes = try path.readBytes()
        damage(&bytes)
        try path.removeFile()
        try path.replaceContents(with: bytes)
        return (fixture, name, path)
    }

    private func expectCorrupt(_ fixture: StoreFixture, _ name: ObjectName, _ path: AbsolutePath)
        throws
    {
        let isCorrupt = { (error: any Error) in
            guard case ObjectError.corrupt(name, path, _) = error else { return false }
            return true
        }
        for type in LinkType.allCases where path == fixture.plainPath(name) || type != .reflink {
            var options = RestoreOptions()
            options.linkTypes = [type, .copy]
            #expect { try fixture.restore(name, "restored", options) } throws: { isCorrupt($0) }
            #expect(try !fixture.directory.appending("restored").exists())
        }
        #expect { try fixture.store.bytes(of: name) } throws: { isCorrupt($0) }
    }

    @Test(arguments: forms, sizes)
    func `a truncated object is never handed out`(form: (Compression, String), size: Int) throws {
        for cut in [1, 12, 1000] {
            let (fixture, name, path) = try damagedObject(form, size) {
                $0.removeLast(min(cut, $0.count))
            }
            try expectCorrupt(fixture, name, path)
        }
    }

    @Test(arguments: forms, sizes)
    func `an object with a flipped bit is never handed out`(form: (Compression, String), size: Int)
        throws
    {
        for place in [0, 30, 50] {
            let (fixture, name, path) = try damagedObject(form, size) {
                $0[place % $0.count] ^= 0x10
            }
            try expectCorrupt(fixture, name, path)
        }
    }

    @Test(arguments: forms, sizes)
    func `an object with bytes after its end is never handed out`(
        form: (Compression, String),
        size: Int
    )
        throws
    {
        let (fixture, name, path) = try damagedObject(form, size) { $0.append(7) }
        try expectCorrupt(fixture, name, path)
    }

    @Test(arguments: forms)
    func `an object under another's name is never handed out`(form: (Compression, String)) throws {
        let fixture = try StoreFixture(form.0)
        let names = [
            try fixture.insert(Content.text(5000)), try fixture.insert(Content.text(5001)),
        ]
        let paths = names.map {
            form.0 == .none ? fixture.plainPath($0) : fixture.encodedPath($0, form.1)
        }
        try paths[0].rename(to: paths[1])
        try expectCorrupt(fixture, names[1], paths[1])
    }

    @Test(arguments: forms, sizes)
    func `storing the content again repairs a truncated object`(
        form: (Compression, String),
        size: Int
    )
        throws
    {
        let (fixture, name, _) = try damagedObject(form, size) { $0.removeLast(10) }
        #expect(try fixture.insert(Content.text(size)) == name)
        #expect(try fixture.stored(name) == Digest(of: Content.text(size)))
        #expect(try fixture.cacheFiles().count == 1)
    }

    @Test func `a missing object is a typed error`() throws {
        let fixture = try StoreFixture()
        let name = ObjectName(Digest(of: [1]))
        #expect(throws: ObjectError.missing(name)) { try fixture.restore(name) }
    }
}
