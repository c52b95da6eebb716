import DVHashing
import DVObjects
import DVReporting
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// Connections of SSH that break, and disks that are full.
@Suite struct SSHFaultTests {
    /// A remote of which a proxy breaks connections.
    private struct Broken {
        let proxy: FaultProxy
        let remote: StorageRemote
        let fixture: RemoteFixture

        init(_ rules: [FaultProxy.Rule]) throws {
            fixture = try RemoteFixture(.memory)
            let server = try SSHServer.shared.get()
            proxy = try FaultProxy.ofConnections(before: server.port, rules)
            let settings = "-p \(proxy.port) -o HostKeyAlias='[127.0.0.1]:\(server.port)'"
            let storage = SFTPStorage(
                ["/bin/sh", "-c", "exec \(server.command) \(settings) -s -- test sftp"],
                environment: ["PATH=/usr/bin:/bin"],
                root: fixture.directory.appending("on server").string,
                location: "ssh://test"
            )
            var policy = RetryPolicy()
            policy.firstDelay = 0.01
            remote = StorageRemote(RetryingStorage(storage, policy: policy), scheme: .md5)
        }

        func expectRoundTrip(_ content: [UInt8]) throws {
            let name = try fixture.insert(content)
            try remote.makeChannel(to: fixture.cache, progress: Progress("Pushing")).upload(name)
            let other = fixture.otherCache()
            try remote.makeChannel(to: other, progress: Progress("Fetching")).download(name)
            #expect(try other.bytes(of: name) == content)
        }
    }

    @Test(arguments: [
        FaultProxy.Rule(.uploadReset(after: 400_000)),
        FaultProxy.Rule(.reset(after: 400_000), requests: 2...2),
    ])
    func `a transfer goes on over another connection`(rule: FaultProxy.Rule) throws {
        let broken = try Broken([rule])
        try broken.expectRoundTrip(Sample.longNoise.content)
        #expect(try broken.proxy.requests.count == 3)
    }

    @Test func `a slow line is no failure`() throws {
        let broken = try Broken([.init(.slow(bytesPerSecond: 2_000_000), requests: 1...9)])
        try broken.expectRoundTrip(Sample.longNoise.content)
        #expect(try broken.proxy.requests.count == 2)
    }

    @Test(.enabled(if: MemoryDisk.isPossible), arguments: [RemoteKind.sftp, .webDAV])
    func `on a full disk nothing unfinished is visible`(kind: RemoteKind) throws {
        let (storage, folder) = try Self.place(kind)
        let fixture = try RemoteFixture(.memory)
        let large = try fixture.insert(Sample.longNoise.content)
        let small = try fixture.insert([1])
        var policy = RetryPolicy()
        policy.attempts = 2
        let remote = StorageRemote(RetryingStorage(storage, policy: policy), scheme: .md5)
        try MemoryDisk.mounted(at: folder, bytes: 1 << 20) {
            let channel = try remote.makeChannel(to: fixture.cache, progress: Progress("Pushing"))
            let error = #expect(throws: StorageError.self) { try channel.upload(large) }
            // nginx says no more than that it failed, and does not clear up.
            if kind == .sftp {
                #expect(error?.reason == .full("no space is left"))
                #expect(try folder.filesBelow().isEmpty)
                try channel.upload(small)
            }
            #expect(try remote.missing(among: [large], jobs: 1) == [large])
        }
    }

    private static func place(_ kind: RemoteKind) throws -> (any Storage, AbsolutePath) {
        let name = "full-\(UInt64.random(in: 0...UInt64.max))"
        if kind == .sftp {
            let server = try SSHServer.shared.get()
            return (SFTPStorage(on: server, name), server.root.appending(name))
        }
        let server = try WebDAVServer.shared.get()
        var options = HTTPOptions()
        options.authentication = .basic(user: server.user, password: server.password)
        return (WebDAVStorage("\(server.url)/\(name)", options), server.root.appending(name))
    }
}
