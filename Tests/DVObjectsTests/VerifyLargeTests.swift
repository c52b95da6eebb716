import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import Testing

/// Objects of several frames are hashed side by side.
@Suite struct VerifyLargeTests {
    private static let sizes = [1, 2, 3, 5].flatMap { frames in
        [-1, 0, 1, 64, 1_000].map { frames * Content.frame + $0 }
    }

    @Test(arguments: CorruptionTests.forms)
    func `sound objects are found sound`(form: (Compression, String)) throws {
        let fixture = try StoreFixture(form.0)
        for size in Self.sizes { _ = try fixture.insert(Content.text(size)) }
        let findings = try verify(fixture.store)
        #expect(findings.checked == Self.sizes.count)
        #expect(findings.damaged.isEmpty)
    }

    @Test(arguments: CorruptionTests.forms)
    func `damage is found wherever it is, and in no other object`(form: (Compression, String))
        throws
    {
        let fixture = try StoreFixture(form.0)
        let names = try Self.sizes.map { try fixture.insert(Content.text($0)) }
        let damages: [(inout [UInt8]) -> Void] = [
            { $0[0] ^= 1 }, { $0[$0.count / 2] ^= 1 }, { $0.removeLast() }, { $0.append(0) },
        ]
        var damaged: [ObjectName] = []
        for (name, damage) in zip(names.enumerated().filter { $0.offset % 5 == 3 }, damages) {
            let path =
                form.0 == .none
                ? fixture.plainPath(name.element) : fixture.encodedPath(name.element, form.1)
            var bytes = try path.readBytes()
            damage(&bytes)
            try path.removeFile()
            try path.replaceContents(with: bytes)
            damaged.append(name.element)
        }
        let findings = try verify(fixture.store)
        #expect(findings.checked == Self.sizes.count)
        #expect(findings.damaged.map(\.name) == damaged.sorted())
    }

    private func verify(_ store: ObjectStore) throws -> VerifyFindings {
        try store.verify(nil, isQuick: false, jobs: 1, progress: nil)
    }
}
