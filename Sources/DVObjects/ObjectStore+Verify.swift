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
            batchSize: 32,
            worker: { makeScratch(progress: progress) },
            body: { scratch, range in
                defer { progress?.advance(items: range.count) }
                return try objects[range].reduce(into: VerifyFindings()) {
                    try check($1, isQuick: isQuick, scratch, &$0)
                }
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
            try verify(stored, in: OpenFile.reading(stored.path), scratch)
            return false
        } catch ObjectError.corrupt {
            return true
        }
    }

    private func check(
        _ listed: ListedObject,
        isQuick: Bool,
        _ scratch: ObjectScratch,
        _ findings: inout VerifyFindings
    ) throws {
        do {
            if isQuick {
                guard let stored = try find(listed.name, listed.form) else { return }
                findings.count(stored)
                try quickCheck(stored)
            } else {
                guard let object = try open(listed.name, listed.form) else { return }
                findings.count(object.stored)
                try verify(object.stored, in: object.file, scratch)
            }
        } catch ObjectError.corrupt(let name, _, let reason) {
            findings.damaged.append(DamagedObject(name: name, reason: reason))
        }
    }

    /// An empty file, or an index that does not describe its file, is what a power failure leaves.
    private func quickCheck(_ stored: StoredObject) throws {
        let size = try contentSize(of: stored)
        let isNamedEmpty = stored.name.digest == Digest(of: [])
        if (size == 0) != isNamedEmpty { throw stored.corrupt(.truncated) }
    }
}
