import DVHashing
import DVObjects
import DVReporting
import DVSystem
import DVTestSupport
import Synchronization
import Testing

@testable import DVRemotes

/// Many objects, many writers, and servers that go away.
@Suite struct RemoteLoadTests {
    /// Kinds whose server shows a folder of this machine, which can be filled without the server.
    enum Filled: String, CaseIterable, Sendable {
        case s3, sftp, webDAV

        func place() throws -> (storage: any Storage, folder: AbsolutePath) {
            let name = "many-\(UInt64.random(in: 0...UInt64.max))"
            switch self {
            case .s3:
                let server = try RcloneServer.shared.get()
                // The server remembers which buckets there are.
                let bucket = try server.account.makeBucket()
                let options = S3Options(on: server.account, bucket: bucket, prefix: name)
                return (S3Storage(options), server.root.appending("\(bucket)/\(name)"))
            case .sftp:
                let server = try SSHServer.shared.get()
                return (SFTPStorage(on: server, name), server.root.appending(name))
            case .webDAV:
                let server = try WebDAVServer.shared.get()
                var options = HTTPOptions()
                options.authentication = .basic(user: server.user, password: server.password)
                return (
                    WebDAVStorage("\(server.url)/\(name)", options), server.root.appending(name)
                )
            }
        }
    }

    private static let names = (0..<10_000).map { ObjectName(Digest(of: Array("\($0)".utf8))) }
        .sorted()

    @Test(arguments: Filled.allCases)
    func `ten thousand objects are listed, found and collected`(kind: Filled) throws {
        let (storage, folder) = try kind.place()
        let layout = StorageLayout(scheme: .md5)
        let names = Self.names
        for index in 0..<256 { try folder.appending(layout.folder(index)).makeDirectories() }
        for name in names {
            _ = try OpenFile.creating(folder.appending(layout.path(of: name)))
        }
        // More than a page of one folder.
        let runs = RelativePath.empty.appending("runs/many of them")
        try folder.appending(runs).makeDirectories()
        let files = (0..<2500).map { runs.appending("file \(10_000 + $0)") }
        for file in files { _ = try OpenFile.creating(folder.appending(file)) }

        let remote = StorageRemote(RetryingStorage(storage), scheme: .md5)
        #expect(try remote.files(in: runs) == files)
        let found = try remote.unused(
            besides: SortedNames(unordered: Array(names[..<9_000])),
            jobs: 4
        )
        #expect(found.map(\.name) == Array(names[9_000...]))
        let others = (0..<100).map { ObjectName(Digest(of: Array("other \($0)".utf8))) }.sorted()
        #expect(try remote.missing(among: names + others, jobs: 4) == others)
        #expect(try remote.remove(found, unlessNewerThan: .max, jobs: 4).count == 1000)
        #expect(try remote.missing(among: names, jobs: 4) == Array(names[9_000...]))
    }

    @Test func `a listing of S3 has as many pages as it needs`() throws {
        let storage = RetryingStorage(try S3Storage(on: CephGateway.shared.get().account))
        let folder = RelativePath.empty.appending("a folder & more")
        let files = (0..<1200).map { folder.appending("file+\(10_000 + $0)") }
        try WorkerPool(jobs: 8).forEach(count: files.count, batchSize: 150) { range in
            let connection = try storage.connect()
            for file in files[range] { try connection.write(BytesContent([]), to: file) }
        }
        #expect(try StorageRemote(storage, scheme: .md5).files(in: folder) == files)
        let connection = try storage.connect()
        try connection.remove(files)
        #expect(try connection.page(of: folder, isRecursive: true, after: nil).files.isEmpty)
    }

    @Test(arguments: [RemoteKind.s3, .webDAV, .sftp, .plainDirectory])
    func `sixty-four writers at once do not disturb each other`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let shared = try fixture.insert(Sample.longNoise.content)
        let names = try fixture.insertMany(64)
        let (remote, cache) = (fixture.remote, fixture.cache)
        try WorkerPool(jobs: 64).forEach(count: 64, batchSize: 1) { range in
            let channel = try remote.makeChannel(to: cache, progress: Progress("Pushing"))
            for name in [shared] + names[range] { try channel.upload(name) }
        }
        let other = fixture.otherCache()
        let channel = try fixture.channel(to: other)
        for name in names + [shared] { try channel.download(name) }
        #expect(try other.missing(among: names + [shared], jobs: 1).isEmpty)
        withExtendedLifetime(fixture) {}
    }

    @Test func `what a server that was killed has got is not sent again`() throws {
        let fixture = try RemoteFixture(.memory)
        let names = try (0..<400).map { number in
            try fixture.insert(Array("\(number)".utf8) + Sample.shortText.content)
        }
        .sorted()
        let root = fixture.directory.appending("on server").string
        let first = try SSHServer()
        try push(names, of: fixture, to: first, root) { progress in
            if progress.completedItems >= 20 { first.stop() }
        }
        let second = try SSHServer()
        let remote = Self.remote(second, root)
        let missing = try remote.missing(among: names, jobs: 4)
        #expect(missing.count <= 380 && !missing.isEmpty)
        try push(missing, of: fixture, to: second, root) { _ in }
        let report = try ObjectTransfer(
            cache: fixture.otherCache(),
            remote: remote,
            jobs: 4,
            progress: Progress("Fetching")
        )
        .move(names, .download)
        #expect(report.transferred == names)
    }

    private static func remote(_ server: SSHServer, _ root: String) -> StorageRemote {
        var policy = RetryPolicy()
        policy.attempts = 2
        policy.firstDelay = 0.01
        let storage = SFTPStorage(
            ["/bin/sh", "-c", "exec \(server.command) -s -- test sftp"],
            environment: ["PATH=/usr/bin:/bin"],
            root: root,
            location: "ssh://test"
        )
        return StorageRemote(RetryingStorage(storage, policy: policy), scheme: .md5)
    }

    /// `watch` is called again and again while objects are sent; some may fail.
    private func push(
        _ names: [ObjectName],
        of fixture: RemoteFixture,
        to server: SSHServer,
        _ root: String,
        watch: @Sendable (Progress) -> Void
    ) throws {
        let progress = Progress("Pushing")
        let isDone = Atomic(false)
        let transfer = ObjectTransfer(
            cache: fixture.cache,
            remote: Self.remote(server, root),
            jobs: 4,
            progress: progress
        )
        try WorkerPool(jobs: 2).forEach(count: 2, batchSize: 1) { range in
            guard range.lowerBound == 0 else {
                while !isDone.load(ordering: .acquiring) { watch(progress) }
                return
            }
            defer { isDone.store(true, ordering: .releasing) }
            do {
                _ = try transfer.move(names, .upload)
            } catch is StorageError {
                // The server is gone.
            }
        }
    }
}
