import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// What every kind of remote does with objects that are missing or bad: nothing wrong ever becomes visible.
@Suite struct RemoteFailureTests {
    private static let nowhere = ObjectName(Digest(of: Array("never stored".utf8)))

    @Test(arguments: RemoteKind.allCases)
    func `an object that the cache lacks cannot be uploaded`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        #expect(throws: ObjectError.missing(Self.nowhere)) {
            try fixture.channel().upload(Self.nowhere)
        }
        #expect(try fixture.remote.missing(among: [Self.nowhere], jobs: 1) == [Self.nowhere])
    }

    @Test(arguments: RemoteKind.allCases)
    func `an object that the remote lacks cannot be downloaded`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        #expect(throws: ObjectError.missing(Self.nowhere)) {
            try fixture.channel().download(Self.nowhere)
        }
        #expect(try !fixture.cache.contains(Self.nowhere))
    }

    @Test(arguments: RemoteKind.allCases, Sample.damageable)
    func `a damaged object of the cache never reaches the remote`(
        kind: RemoteKind,
        sample: Sample
    ) throws {
        let fixture = try RemoteFixture(kind)
        let name = try fixture.insert(sample.content)
        for file in try fixture.cache.root.files() {
            try fixture.cache.root.appending(file).changeContents { $0[$0.count / 2] ^= 1 }
        }
        #expect(throws: ObjectError.self) { try fixture.channel().upload(name) }
        #expect(try fixture.remote.missing(among: [name], jobs: 1) == [name])
    }

    @Test(arguments: RemoteKind.allCases, Sample.damageable)
    func `a damaged object of the remote never reaches the cache`(
        kind: RemoteKind,
        sample: Sample
    ) throws {
        let fixture = try RemoteFixture(kind)
        let name = try fixture.insert(sample.content)
        try fixture.channel().upload(name)
        try fixture.damage(name) { $0[$0.count / 2] ^= 1 }
        try expectRefusal(of: name, fixture, kind)
    }

    @Test(arguments: RemoteKind.allCases, Sample.damageable)
    func `a truncated object of the remote never reaches the cache`(
        kind: RemoteKind,
        sample: Sample
    ) throws {
        let fixture = try RemoteFixture(kind)
        let name = try fixture.insert(sample.content)
        try fixture.channel().upload(name)
        try fixture.damage(name) { $0.removeLast($0.count / 2 + 1) }
        try expectRefusal(of: name, fixture, kind)
    }

    @Test(arguments: RemoteKind.allCases)
    func `a channel goes on after a failure`(kind: RemoteKind) throws {
        let fixture = try RemoteFixture(kind)
        let (bad, good) = (try fixture.insert([1]), try fixture.insert([2]))
        let channel = try fixture.channel()
        #expect(throws: ObjectError.self) { try channel.upload(Self.nowhere) }
        try channel.upload(bad)
        try channel.upload(good)
        try fixture.damage(bad) { $0 = [3] }
        let other = fixture.otherCache()
        let download = try fixture.channel(to: other)
        #expect(throws: ObjectError.self) { try download.download(bad) }
        try download.download(good)
        #expect(try other.bytes(of: good) == [2])
    }

    private func expectRefusal(
        of name: ObjectName,
        _ fixture: RemoteFixture,
        _ kind: RemoteKind
    ) throws {
        let other = fixture.otherCache()
        #expect {
            try fixture.channel(to: other).download(name)
        } throws: { error in
            switch error {
            case ObjectError.corrupt(name, _, _), ObjectError.unexpectedContent(name, _, _): true
            // Frames that cannot be decoded have no digest.
            case is StorageError: kind.isEncodedStorage
            default: false
            }
        }
        #expect(try !other.contains(name))
    }
}
