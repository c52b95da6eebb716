import DVHashing
import DVReporting
import DVSystem

/// What became of the files of a store that another one takes over.
package struct MigrationReport: Sendable {
    /// The digest of each intact object in the new store, by its digest in the old one.
    package var digests: [Digest: Digest] = [:]
    /// How many the new store did not have.
    package var stored = 0
    package var damaged: [DamagedObject] = []

    package init() {}
}

extension ObjectStore {
    /// How many objects there are, listings included.
    package func count(jobs: Int) throws -> Int { try listed(jobs: jobs).count }

    /// The names of all listings, sorted.
    package func listingNames(jobs: Int) throws -> [ObjectName] {
        try listed(jobs: jobs).map(\.name).filter(\.isListing).sorted()
    }

    /// Stores every object of `legacy`, a store of the scheme of DVC 2, under the digest of its bytes as well.
    ///
    /// Each is verified first; damaged ones are left out and told. Listings are left out: they name digests of the old
    /// scheme. Nothing of `legacy` changes, and running it again goes on where it was stopped.
    package func takeOver(
        from legacy: ObjectStore,
        jobs: Int,
        progress: Progress?
    ) throws -> MigrationReport {
        let names = try legacy.listed(jobs: jobs).map(\.name).filter { !$0.isListing }
        progress?.expect(bytes: 0, items: names.count)
        let parts = try WorkerPool(jobs: jobs).map(
            count: names.count,
            batchSize: 32,
            worker: { makeScratch(progress: progress) },
            body: { scratch, range in
                defer { progress?.advance(items: range.count) }
                return try names[range].reduce(into: MigrationReport()) {
                    try takeOver($1, from: legacy, scratch, &$0)
                }
            }
        )
        try synchronize()
        return parts.reduce(into: MigrationReport()) {
            $0.digests.merge($1.digests) { first, _ in first }
            $0.stored += $1.stored
            $0.damaged += $1.damaged
        }
    }

    private func takeOver(
        _ name: ObjectName,
        from legacy: ObjectStore,
        _ scratch: ObjectScratch,
        _ report: inout MigrationReport
    ) throws {
        // A collection by another project with the same cache may have been faster.
        guard let stored = try legacy.find(name, nil) else { return }
        do {
            let (old, new) = try Self.digests(ofFileAt: stored.path, scratch)
            if old != name.digest { throw stored.corrupt(.wrongContent(old)) }
            if try adopt(stored, as: ObjectName(new), scratch) { report.stored += 1 }
            report.digests[old] = new
        } catch ObjectError.corrupt(_, _, let reason) {
            report.damaged.append(DamagedObject(name: name, reason: reason))
        }
    }

    /// The digests of a file under the scheme of DVC 2 and of its bytes, in one pass.
    private static func digests(
        ofFileAt path: AbsolutePath,
        _ scratch: ObjectScratch
    ) throws -> (Digest, Digest) {
        let source = try SourceFile(at: path)
        let buffer = scratch.contentBuffer()
        var old = StreamingHasher(scheme: .md5DOS2Unix)
        var new = StreamingHasher()
        while true {
            try Interruption.check()
            let count = try source.file.read(into: buffer)
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            old.update(bytes)
            new.update(bytes)
            if count < buffer.count { break }
        }
        try source.checkUnchanged(after: new.byteCount)
        return (old.finish(), new.finish())
    }

    /// Stores a verified file of another store, by a hard link where both keep it alike; false if it was there.
    private func adopt(
        _ foreign: StoredObject,
        as name: ObjectName,
        _ scratch: ObjectScratch
    ) throws -> Bool {
        if settings.encoding == nil, foreign.status.permissions == Self.objectPermissions,
            try !contains(name), link(foreign.path, as: name)
        {
            return true
        }
        return try insert(fileAt: foreign.path, expecting: name, scratch: scratch).isNew
    }

    /// False where that cannot be, or a collection took it at once: an insertion tells why, or does it.
    private func link(_ path: AbsolutePath, as name: ObjectName) -> Bool {
        let target = layout.path(of: name, nil)
        do {
            if try !target.parent.exists() { try makeFolder(target.parent) }
            try target.makeHardLink(to: path)
            return target.touch()
        } catch {
            return false
        }
    }
}
