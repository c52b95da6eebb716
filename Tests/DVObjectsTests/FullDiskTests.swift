import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import Testing

/// Needs the right to mount a small file system of its own.
@Suite(.enabled(if: SmallDisk.isPossible)) struct FullDiskTests {
    @Test(arguments: [Compression.none, .auto], [100_000, 2 * Content.frame])
    func `a full disk is a typed error and leaves nothing`(
        compression: Compression,
        size: Int
    ) throws {
        try SmallDisk.mounted(bytes: 64 << 10) { disk, directory in
            let store = Self.store(disk.root.appending("cache"), compression)
            let path = try directory.write(Content.noise(size), to: "source")
            #expect {
                try store.insert(fileAt: path, scratch: store.makeScratch())
            } throws: {
                guard case ObjectError.unwritableCache(let cause) = $0 else { return false }
                return cause.code == .noSpace
            }
            #expect(try StoreFixture.files(below: disk.root).isEmpty)
            let small = try directory.write(Content.noise(1000), to: "small")
            let name = try store.insert(fileAt: small, scratch: store.makeScratch()).name
            #expect(try store.bytes(of: name) == Content.noise(1000))
        }
    }

    @Test func `a target on a full disk stays as it was`() throws {
        try SmallDisk.mounted(bytes: 64 << 10) { disk, directory in
            let store = Self.store(directory.appending("cache"), .auto)
            let path = try directory.write(Content.text(2 * Content.frame), to: "source")
            let scratch = store.makeScratch()
            let name = try store.insert(fileAt: path, scratch: scratch).name
            let target = disk.root.appending("target")
            try target.replaceContents(with: Array("mine".utf8))
            var options = RestoreOptions()
            options.isReplacing = true
            #expect {
                try store.restore(name, to: target, options: options, scratch: scratch)
            } throws: {
                ($0 as? SystemError)?.code == .noSpace
            }
            #expect(try disk.root.childNames().count == 1)
            #expect(try target.readBytes() == Array("mine".utf8))
        }
    }

    @Test func `a read-only cache can be read but not written`() throws {
        try SmallDisk.mounted(bytes: 1 << 20) { disk, directory in
            let store = Self.store(disk.root.appending("cache"), .none)
            let path = try directory.write(Content.text(100), to: "source")
            let scratch = store.makeScratch()
            let name = try store.insert(fileAt: path, scratch: scratch).name
            try disk.makeReadOnly()
            let other = try directory.write(Content.text(101), to: "other")
            #expect {
                try store.insert(fileAt: other, scratch: scratch)
            } throws: {
                guard case ObjectError.unwritableCache(let cause) = $0 else { return false }
                return cause.code == .readOnlyFileSystem
            }
            #expect(try !store.insert(fileAt: path, scratch: scratch).isNew)
            #expect(try store.bytes(of: name) == Content.text(100))
        }
    }

    private static func store(_ root: AbsolutePath, _ compression: Compression) -> ObjectStore {
        var settings = StoreSettings()
        settings.compression = compression
        return ObjectStore(at: root, settings: settings)
    }
}
