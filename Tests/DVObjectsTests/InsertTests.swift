import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import Glibc
import Synchronization
import Testing

@Suite struct InsertTests {
    @Test(arguments: Compression.allCases, [30_000, 2 * Content.frame])
    func `eight threads store the same content once`(compression: Compression, size: Int) throws {
        let fixture = try StoreFixture(compression)
        let path = try fixture.directory.write(Content.text(size), to: "source")
        let store = fixture.store
        let names = try WorkerPool(jobs: 8).map(
            count: 8,
            batchSize: 1,
            worker: { store.makeScratch() },
            body: { scratch, _ in try store.insert(fileAt: path, scratch: scratch).name }
        )
        #expect(Set(names).count == 1)
        #expect(try fixture.cacheFiles().count == 1)
        #expect(try fixture.stored(names[0]) == Digest(of: Content.text(size)))
    }

    @Test func `content that is there already is not stored again`() throws {
        let fixture = try StoreFixture(.zstd)
        let content = Content.text(9000)
        _ = try fixture.insert(content)
        let path = fixture.directory.appending("source")
        let scratch = fixture.store.makeScratch()
        #expect(try !fixture.store.insert(fileAt: path, scratch: scratch).isNew)
        #expect(try fixture.cacheFiles().count == 1)
    }

    @Test(arguments: [100, 3 * Content.frame])
    func `a download becomes visible only if it is what was asked for`(size: Int) throws {
        let fixture = try StoreFixture(.zstd)
        let content = Content.text(size)
        let right = ObjectName(Digest(of: content))
        let wrong = ObjectName(Digest(of: [1, 2, 3]))
        let scratch = fixture.store.makeScratch()
        for name in [wrong, right] {
            var rest = content[...]
            let download = {
                try fixture.store.insert(expecting: name, scratch: scratch) { buffer in
                    // Networks deliver odd amounts.
                    let part = rest.prefix(min(buffer.count, 77_777))
                    part.withUnsafeBytes { buffer.copyMemory(from: $0) }
                    rest = rest.dropFirst(part.count)
                    return part.count
                }
            }
            if name == right {
                try download()
            } else {
                #expect { try download() } throws: {
                    guard case ObjectError.unexpectedContent(wrong, right.digest, _) = $0 else {
                        return false
                    }
                    return true
                }
                #expect(try fixture.cacheFiles().isEmpty)
            }
        }
        #expect(try fixture.stored(right) == Digest(of: content))
    }

    @Test(arguments: [100, 3 * Content.frame])
    func `an error of a download passes through and leaves nothing`(size: Int) throws {
        struct Disconnected: Error {}
        let fixture = try StoreFixture(.zstd)
        let delivered = Mutex(0)
        #expect(throws: Disconnected.self) {
            try fixture.store.insert(
                expecting: ObjectName(Digest(of: [])),
                scratch: fixture.store.makeScratch()
            ) { buffer in
                let total = delivered.withLock {
                    $0 += buffer.count
                    return $0
                }
                if total > size { throw Disconnected() }
                return buffer.count
            }
        }
        #expect(try fixture.cacheFiles().isEmpty)
    }

    @Test(arguments: [Compression.none, .zstd])
    func `a file that changes while it is read is refused and nothing wrong is stored`(
        compression: Compression
    ) throws {
        let fixture = try StoreFixture(compression)
        let path = try fixture.directory.write(Content.text(48 * Content.frame), to: "source")
        let isDone = Atomic<Bool>(false)
        let store = fixture.store
        let refused = Mutex(false)
        let isFirst = Atomic<Bool>(true)
        try OSThread.run(2) {
            if isFirst.exchange(false, ordering: .relaxed) {
                while !isDone.load(ordering: .relaxed) {
                    truncate(path.string, off_t(48 * Content.frame - 1))
                    usleep(1000)
                    truncate(path.string, off_t(48 * Content.frame))
                    usleep(1000)
                }
            } else {
                do {
                    _ = try store.insert(fileAt: path, scratch: store.makeScratch())
                } catch SourceError.changedWhileRead(path) {
                    refused.withLock { $0 = true }
                } catch {}
                isDone.store(true, ordering: .relaxed)
            }
        }
        #expect(refused.withLock { $0 })
        #expect(try fixture.cacheFiles().isEmpty)
    }

    @Test func `missing objects are found by look-up and by listing`() throws {
        let fixture = try StoreFixture(.auto)
        let scratch = fixture.store.makeScratch()
        var present: [ObjectName] = []
        for index in 0..<600 {
            let bytes = Content.text(index % 3 == 0 ? 9000 : 10) + Array("\(index)".utf8)
            present.append(
                try fixture.store.insert(bytes: bytes, isListing: index % 5 == 0, scratch: scratch)
            )
        }
        let absent = (0..<5000).map { ObjectName(Digest(of: Array("absent \($0)".utf8))) }
        let few = Array(present.prefix(3)) + Array(absent.prefix(2))
        #expect(try fixture.store.missing(among: few, jobs: 2) == absent.prefix(2).sorted())
        let many = present + absent + present
        #expect(try fixture.store.missing(among: many, jobs: 2) == absent.sorted())
        try fixture.store.synchronize()
    }

    @Test func `a shared cache is writable for its group`() throws {
        let fixture = try StoreFixture(.none, isShared: true)
        let path = try fixture.plainPath(fixture.insert([1]))
        #expect(try FileStatus.following(path.parent).permissions == 0o2775)
        #expect(try FileStatus.following(fixture.store.root).permissions == 0o2775)
    }
}
