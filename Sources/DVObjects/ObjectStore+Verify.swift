import DVHashing
import DVReporting
import DVSystem

/// A stored object that is not what its name says.
package struct DamagedObject: Hashable, Sendable {
    package let name: ObjectName
    package let reason: ObjectError.Corruption

    package init(name: ObjectName, reason: ObjectError.Corruption) {
        self.name = name
        self.reason = reason
    }
}

/// What a check of all objects found.
package struct VerifyFindings: Sendable {
    package var checked = 0
    /// Bytes as stored.
    package var bytes: Int64 = 0
    /// Sorted by name.
    package var damaged: [DamagedObject] = []

    package init() {}

    mutating func count(_ stored: StoredObject) {
        checked += 1
        bytes += stored.status.size
    }

    /// Counts one object of so many bytes as stored; `reason` nil means that it is sound.
    package mutating func note(
        _ name: ObjectName,
        bytes: Int64,
        _ reason: ObjectError.Corruption?
    ) {
        checked += 1
        self.bytes += bytes
        if let reason { damaged.append(DamagedObject(name: name, reason: reason)) }
    }

    /// Notes the damage that `body` finds.
    mutating func note(checking body: () throws -> Void) throws {
        do {
            try body()
        } catch ObjectError.corrupt(let name, _, let reason) {
            damaged.append(DamagedObject(name: name, reason: reason))
        }
    }

    package mutating func add(_ other: VerifyFindings) {
        checked += other.checked
        bytes += other.bytes
        damaged += other.damaged
    }
}

/// Looking for damage.
extension ObjectStore {
    /// Checks objects in every form: sizes and indexes if `isQuick`, else all content.
    ///
    /// `progress` is advanced by content bytes, in the quick check by objects.
    package func verify(
        _ names: [ObjectName]?,
        isQuick: Bool,
        jobs: Int,
        progress: Progress?
    ) throws -> VerifyFindings {
        let objects =
            try names.map { names in
                names.flatMap { name in
                    layout.forms.map { ListedObject(name: name, form: $0) }
                }
            } ?? listed(jobs: jobs)
        progress?.expect(bytes: 0, items: objects.count)
        let parts = try WorkerPool(jobs: jobs).map(
            count: objects.count,
            batchSize: Self.filesAhead(jobs),
            worker: { makeScratch(progress: progress) },
            body: { scratch, range in
                defer { progress?.advance(items: range.count) }
                return isQuick
                    ? try quickCheck(objects[range]) : try check(objects[range], scratch)
            }
        )
        var findings = parts.reduce(into: VerifyFindings()) { $0.add($1) }
        findings.damaged = Set(findings.damaged).sorted { $0.name < $1.name }
        return findings
    }

    /// Moves the damaged forms of an object out of the way, into a folder that nothing reads.
    package func quarantine(_ name: ObjectName) throws {
        let folder = root.appending("dvswift/quarantine")
        let scratch = makeScratch()
        for form in layout.forms {
            guard let stored = try find(name, form), try isDamaged(stored, scratch) else {
                continue
            }
            try writingCache { () throws(SystemError) in try makeFolder(folder) }
            let place = "\(stored.path.parent.name)\(stored.path.name)"
            try stored.path.rename(to: folder.appending("\(place)-\(TemporaryFile.uniqueName())"))
        }
    }

    private func isDamaged(_ stored: StoredObject, _ scratch: ObjectScratch) throws -> Bool {
        do {
            try verify(stored, in: OpenFile.reading(stored.path), scratch, isThorough: true)
            return false
        } catch ObjectError.corrupt {
            return true
        }
    }

    private func quickCheck(_ objects: ArraySlice<ListedObject>) throws -> VerifyFindings {
        var findings = VerifyFindings()
        for listed in objects {
            guard let stored = try find(listed.name, listed.form) else { continue }
            findings.count(stored)
            try findings.note { try quickCheck(stored) }
        }
        return findings
    }

    /// How many files each thread has open: with 32 of two threads, a disk is asked for enough at once to be nearly
    /// three times as fast as one file after the other; many threads keep it busy by themselves, and descriptors are few.
    private static func filesAhead(_ jobs: Int) -> Int { max(1, min(32, 512 / max(1, jobs))) }

    /// Opens objects and has the disk fetch the small ones, which nothing else would read ahead.
    private func openAhead(_ objects: ArraySlice<ListedObject>) throws -> [SharedObject] {
        try objects.compactMap { listed in
            guard let object = try open(listed.name, listed.form) else { return nil }
            let size = object.stored.status.size
            if size <= Encoding.frameSize { object.file.readAhead(count: size) }
            return SharedObject(object)
        }
    }

    /// Reads all content, small objects side by side and those of some frames as well.
    private func check(
        _ objects: ArraySlice<ListedObject>,
        _ scratch: ObjectScratch
    ) throws -> VerifyFindings {
        var findings = VerifyFindings()
        var waiting: [StoredObject] = []
        var large: [SharedObject] = []
        scratch.batch.removeAll()
        for object in try openAhead(objects) {
            findings.count(object.stored)
            if scratch.batch.isFull { try check(&waiting, scratch, &findings) }
            var isLarge = false
            try findings.note {
                isLarge = try !append(object.stored, object.file.file, scratch)
                if !isLarge { waiting.append(object.stored) }
            }
            guard isLarge else { continue }
            large.append(object)
            if large.count == ContentBatch.roomCount {
                // They use the same room.
                try check(&waiting, scratch, &findings)
                try check(&large, scratch, &findings)
            }
        }
        try check(&waiting, scratch, &findings)
        try check(&large, scratch, &findings)
        return findings
    }

    /// Compares what the batch holds with the names, and empties it.
    private func check(
        _ waiting: inout [StoredObject],
        _ scratch: ObjectScratch,
        _ findings: inout VerifyFindings
    ) throws {
        for (stored, digest) in zip(waiting, scratch.batch.digests(scheme)) {
            try findings.note { try check(stored, digest) }
        }
        waiting.removeAll(keepingCapacity: true)
        scratch.batch.removeAll()
    }

    /// An empty file, or an index that does not describe its file, is what a power failure leaves.
    private func quickCheck(_ stored: StoredObject) throws {
        let size = try contentSize(of: stored)
        let isNamedEmpty = stored.name.digest == Digest(of: [])
        if (size == 0) != isNamedEmpty { throw stored.corrupt(.truncated) }
    }
}
