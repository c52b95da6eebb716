import DVFormats
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// Files and folders that addresses name.
@Suite struct StoragePlaceTests {
    private static let variables = [
        "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "HOME": "/nowhere",
    ]

    @Test(arguments: [
        ("s3://bucket/raw/a b", "s3://bucket/raw", "a b", ContentMark.Kind.etag),
        ("s3://bucket/a", "s3://bucket", "a", .etag),
        ("s3://bucket/", "s3://bucket", "", .etag),
        ("ssh://me@host:22/a", "ssh://host", "a", nil),
        ("ssh://host/x/y/", "ssh://host/x", "y", nil),
        ("https://host/x/a%20b?v=1", "https://host/x/a%20b?v=1", "", .checksum),
        ("webdav://me:word@host/dav/a%20b", "http://host/dav", "a b", .etag),
        ("webdavs://host/dav", "https://host", "dav", .etag),
    ])
    func `the folder above is the root`(
        url: String,
        root: String,
        path: String,
        kind: ContentMark.Kind?
    ) throws {
        let options = try ConfigLevels(sources: []).remoteOptions(url: url, home: nil)
        let place = try #require(try options.place(environment: Self.variables))
        #expect(place.storage.location == root)
        #expect(place.path.string == (path.isEmpty ? RelativePath.empty.string : path))
        #expect(place.markKind == kind)
        #expect(!place.location.contains("word"))
    }

    @Test(arguments: ["/data/x", "file:///data/x"])
    func `an address of this machine is no place in a storage`(url: String) throws {
        let options = try ConfigLevels(sources: []).remoteOptions(url: url, home: nil)
        #expect(try options.place(environment: Self.variables) == nil)
    }

    @Test(arguments: [RemoteKind.s3, .s3OfRclone, .webDAV, .sftp])
    func `a place is a file, a folder or nothing`(kind: RemoteKind) throws {
        let storage = try #require(try kind.makeStorage())
        let connection = try storage.connect()
        for name in ["raw/b", "raw/sub/é c", "raw/a", "rawest"] {
            try connection.write(BytesContent(Array(name.utf8)), to: path(name))
        }
        let folder = try #require(try place("raw", in: storage).find())
        #expect(folder.isFolder)
        let names = folder.files.map { folder.relativePath(of: $0).string }
        #expect(names == ["a", "b", "sub/é c"])
        #expect(folder.totalSize == 22)
        let file = try #require(try place("raw/a", in: storage).find())
        #expect(!file.isFolder)
        #expect(file.files.map { file.relativePath(of: $0).isEmpty } == [true])
        #expect(try place("ra", in: storage).find() == nil)
        #expect(try !place("raw/none", in: storage).isThere())
        let children = try place("raw", in: storage).children()
        #expect(Set(children.map(\.path.string)) == ["raw/a", "raw/b", "raw/sub"])
        try connection.remove([path("raw/a")])
        #expect(throws: StorageError.self) { try file.open(file.files[0], on: connection) }
    }

    private func path(_ name: String) -> RelativePath { RelativePath.empty.appending(name) }

    private func place(_ name: String, in storage: any Storage) -> StoragePlace {
        StoragePlace(storage, path(name), markKind: nil)
    }
}
