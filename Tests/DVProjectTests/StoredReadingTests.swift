import DVFormats
import DVHashing
import DVObjects
import DVReporting
import DVSystem
import DVTestSupport
import Synchronization
import Testing

@testable import DVProject
@testable import DVRemotes

/// What comes from storages: complete and recorded as DVC does, or not at all.
@Suite struct StoredReadingTests {
    private let directory: TemporaryDirectory
    private let store: ObjectStore
    private let storage = FakeStorage([
        "raw/x": "x1\n", "raw/sub/y": "y22\n", "raw/sub/z": "aaa", "other": "no",
    ])

    init() throws {
        directory = try TemporaryDirectory()
        store = ObjectStore(at: directory.appending("cache"))
    }

    @Test func `a folder is stored, listed and marked as DVC does`() throws {
        let content = try reading("raw", .etag).content(storingIn: store)
        // Both by DVC 3.67.1 of the same files on S3.
        #expect(content.record.name.text == "b844c650ed89a5bace270e62f32828ca.dir")
        #expect(content.source.content?.name.text == "28c09d15c25058fc4c844fe0236d2ab0.dir")
        #expect(content.record.size == 10 && content.record.fileCount == 3)
        #expect(try store.bytes(of: ObjectName(Digest(of: Array("aaa".utf8)))) == Array("aaa".utf8))
        #expect(try store.contains(content.record.name))
    }

    @Test func `without marks the content counts, and a file without one is read`() throws {
        let read = try reading("raw", nil).content(storingIn: nil)
        #expect(read.source == .content(read.record))
        storage.forgetTag(of: "raw/sub/z")
        let partly = try reading("raw", .etag).content(storingIn: nil)
        #expect(partly.source == .content(read.record))
        let file = try reading("raw/x", .etag).content(storingIn: nil)
        let tag = "e8a5da2185eb0563c20079ce3ca263ba"
        #expect(file.source == .mark(ContentMark(.etag, tag, size: 3)))
    }

    @Test func `a file that breaks off leaves no listing, and nothing under its name`() throws {
        storage.breakOff("raw/sub/z")
        #expect(throws: StorageError.self) {
            try reading("raw", .etag).content(storingIn: store)
        }
        #expect(try !store.contains(ObjectName(Digest(of: Array("aaa".utf8)))))
        #expect(try !TreeSnapshot(of: store.root).paths.contains { $0.hasSuffix(".dir") })
    }

    @Test func `a file that vanishes is told by its address`() throws {
        let reading = try reading("raw", .etag)
        storage.remove("raw/x")
        #expect {
            try reading.content(storingIn: store)
        } throws: {
            ($0 as? StorageError)?.address == "fake://host/raw/x"
        }
    }

    @Test(arguments: [".git/config", "a/.dvc/config"])
    func `names that would plant a repository are refused`(name: String) throws {
        let storage = FakeStorage(["raw/\(name)": "evil", "raw/b": "b"])
        let tree = try #require(try place("raw", nil, storage).find())
        #expect(throws: FormatError.self) {
            try StoredReading(tree, jobs: 2, Progress("Importing")).content(storingIn: store)
        }
    }

    @Test func `a copy has the files in their folders`() throws {
        let tree = try #require(try place("raw", nil, storage).find())
        let target = directory.appending("copy")
        try StoredDownload(tree, jobs: 2, Progress("Copying")).copy(to: target)
        #expect(try TreeSnapshot(of: target).paths.sorted() == ["sub", "sub/y", "sub/z", "x"])
        #expect(try target.appending("sub/y").readBytes() == Array("y22\n".utf8))
    }

    @Test func `what is sent to a remote is recorded alike, and only there`() throws {
        let remote = MemoryRemote()
        let sent = try reading("raw", .etag).content(sendingTo: remote)
        let stored = try reading("raw", .etag).content(storingIn: store)
        #expect(sent.record == stored.record && sent.source == stored.source)
        #expect(remote.names.count == 4 && remote.names.contains(sent.record.name))
    }

    private func place(
        _ name: String,
        _ kind: ContentMark.Kind?,
        _ storage: FakeStorage
    ) -> StoragePlace {
        StoragePlace(storage, RelativePath.empty.appending(name), markKind: kind)
    }

    private func reading(_ name: String, _ kind: ContentMark.Kind?) throws -> StoredReading {
        let tree = try #require(try place(name, kind, storage).find())
        return StoredReading(tree, jobs: 2, Progress("Importing"))
    }
}
