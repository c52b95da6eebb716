import DVHashing
import DVReporting
import DVSystem

/// An object that nothing asked for, as it lies in a store or remote.
package struct UnusedObject: Hashable, Sendable {
    package let name: ObjectName
    /// Bytes as stored.
    package let size: Int64
    /// When it was stored or last found useful, in nanoseconds since 1970.
    package let stored: Int64

    package init(name: ObjectName, size: Int64, stored: Int64) {
        self.name = name
        self.size = size
        self.stored = stored
    }
}

/// A place that holds objects, as those see it who look after all of them: a store or a remote.
package protocol ObjectCollection: Sendable {
    /// How many threads suit it unless the user says otherwise; nil means one for each processor.
    var parallelism: Int? { get }

    /// Those of `names` that are not there; sorted, without duplicates.
    func missing(among names: [ObjectName], jobs: Int) throws -> [ObjectName]

    /// Checks the objects of these names that are there, or every object for nil: sizes only if `isQuick`, else all content.
    func verify(
        _ names: [ObjectName]?,
        isQuick: Bool,
        jobs: Int,
        progress: Progress?
    ) throws -> VerifyFindings

    /// Moves what is stored damaged under a name out of the way, into a folder that nothing reads.
    func quarantine(_ name: ObjectName) throws

    /// The objects whose names are not among `used`, sorted.
    func unused(besides used: SortedNames, jobs: Int) throws -> [UnusedObject]

    /// Removes objects, except those that were stored or found useful after `moment`; gives what was removed.
    ///
    /// `moment` is in nanoseconds since 1970.
    func remove(
        _ objects: [UnusedObject],
        unlessNewerThan moment: Int64,
        jobs: Int
    ) throws -> [UnusedObject]
}

extension ObjectCollection {
    package var parallelism: Int? { nil }

    /// What the user asked for, else what suits the place, else `usual`.
    package func jobs(_ asked: Int?, usual: Int) -> Int { asked ?? parallelism ?? usual }
}

extension ObjectStore: ObjectCollection {
    /// The objects whose names are not among `used`, sorted.
    ///
    /// One pass over the folders; only unused objects are asked for their status.
    package func unused(besides used: SortedNames, jobs: Int) throws -> [UnusedObject] {
        let batches = try WorkerPool(jobs: jobs).map(
            count: 256,
            batchSize: 4,
            worker: {},
            body: { _, folders in
                try folders.flatMap { try self.unused(inFolder: $0, besides: used) }
            }
        )
        return try (batches.flatMap(\.self) + unusedParts(besides: used)).merged()
    }

    /// Removes objects in every form; those that were stored or found useful after `moment` stay.
    ///
    /// `moment` is in nanoseconds since 1970; each object is asked once more just before it goes. Gives what was removed.
    package func remove(
        _ objects: [UnusedObject],
        unlessNewerThan moment: Int64,
        jobs: Int
    ) throws -> [UnusedObject] {
        let batches = try WorkerPool(jobs: jobs).map(
            count: objects.count,
            batchSize: 64,
            worker: {},
            body: { _, range in
                try objects[range].compactMap {
                    try self.remove($0.name, unlessNewerThan: moment)
                }
            }
        )
        return batches.flatMap(\.self)
    }

    private func unused(
        inFolder folder: Int,
        besides used: SortedNames
    ) throws -> [UnusedObject] {
        var found: [UnusedObject] = []
        for form in layout.forms {
            guard let directory = try OpenFile.readingIfPresent(layout.folder(folder, form))
            else { continue }
            var names: [ObjectName] = []
            try directory.forEachEntry { bytes, _ in
                guard let (name, encoding) = ObjectLayout.name(inFolder: folder, fileNamed: bytes),
                    encoding == form, !used.contains(name)
                else { return }
                names.append(name)
            }
            found += try names.compactMap { try find($0, form) }
                .map {
                    UnusedObject(name: $0.name, size: $0.status.size, stored: $0.status.modified)
                }
        }
        return found
    }

    /// Nil if nothing was removed.
    private func remove(
        _ name: ObjectName,
        unlessNewerThan moment: Int64
    ) throws -> UnusedObject? {
        let forms = try layout.forms.compactMap { try find(name, $0) }
        guard forms.allSatisfy({ $0.status.modified <= moment }) else { return nil }
        let removed = try forms.filter { try remove($0, unlessNewerThan: moment) }
            .map { UnusedObject(name: name, size: $0.status.size, stored: $0.status.modified) }
        return try (removed + removeParts(of: name, unlessNewerThan: moment)).merged().first
    }

    /// Takes the name away first: whoever finds the object useful at this moment either comes before that, which the time
    /// then tells, or does not find it and stores it anew.
    private func remove(_ stored: StoredObject, unlessNewerThan moment: Int64) throws -> Bool {
        let doomed = stored.path.parent.appending(TemporaryFile.uniqueName())
        do throws(SystemError) {
            try stored.path.rename(to: doomed)
        } catch {
            if error.code == .noSuchFileOrDirectory { return false }
            throw error
        }
        let isWanted = try FileStatus.ifPresent(doomed).map { $0.modified > moment } ?? false
        if isWanted, try doomed.renameUnlessTaken(to: stored.path) { return false }
        try doomed.removeFile()
        return !isWanted
    }

    /// Tells a garbage collection that runs at this moment that the object is useful; false if it was faster.
    ///
    /// It is read-only again, should somebody have changed the mode of a file that is linked to it. (The object of
    /// another user stays as it is.)
    func freshen(_ stored: StoredObject) -> Bool {
        guard stored.path.touch() else { return false }
        if stored.status.permissions & 0o333 != 0 {
            try? stored.path.setPermissions(Self.objectPermissions)
        }
        return true
    }

    /// Whether a file with `status` is the object itself: a hard link to it, or reached through a symbolic link.
    ///
    /// Storing such a file anew moves its own time.
    package func isObject(_ name: ObjectName, _ status: FileStatus) throws -> Bool {
        guard let stored = try find(name, nil) else { return false }
        return stored.status.inode == status.inode && stored.status.device == status.device
    }
}
