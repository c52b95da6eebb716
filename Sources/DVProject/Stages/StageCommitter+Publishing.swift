import DVFormats
import DVHashing
import DVPipeline
import DVSystem
import Synchronization

extension StageCommitter {
    /// Makes stored objects durable and then writes the files that name them.
    ///
    /// Under the project's lock.
    ///
    /// A lock file is read anew and only the stages committed here are set in it, so that what another process recorded
    /// meanwhile stays.
    func publish() throws {
        try publishing.withLock { _ in
            let batch = state.withLock { $0.takeBatch() }
            guard !batch.isEmpty else { return try saveNewResults() }
            try project.lock.hold {
                // Before the records, but these do not depend on it.
                let saving = Result { try saveNewResults() }
                for scheme in batch.stored { try project.cache(for: scheme).synchronize() }
                for (path, update) in batch.stages { try write(update, to: path) }
                for path in batch.pointers { try writePointer(at: path) }
                try saving.get()
            }
            state.withLock { $0.published.formUnion(batch.paths) }
        }
    }

    /// Writes results of runs into the run cache, which `publish` does for those that are left.
    func saveResults() throws {
        try publishing.withLock { _ in
            if state.withLock(\.newResults.isEmpty) { return }
            try project.lock.hold { try saveNewResults() }
        }
    }

    private func saveNewResults() throws {
        let results = state.withLock { state in
            state.savedResults = state.newResults
            state.newResults = UnsavedResults()
            return state.savedResults
        }
        try results.all.forEach(project.runCache.save)
        state.withLock { $0.savedResults = UnsavedResults() }
    }

    /// The newest result of a run like that of `stage`, also where `publish` did not write it yet; nil if there was none.
    func newestResult(like stage: LockedStage) throws -> LockedStage? {
        let unsaved = state.withLock { state in
            state.newResults.newestResult(like: stage)
                ?? state.savedResults.newestResult(like: stage)
        }
        return try unsaved ?? project.runCache.newestResult(like: stage)
    }

    /// Whether what this process knows of a stage that it did not commit is what its lock file says now.
    func isRecordRead(of stage: Stage) throws -> Bool {
        guard let name = stage.name else { return true }
        let path = Self.lockPath(of: stage.file)
        let status = try FileStatus.ifPresent(path)
        return state.withLock { state in
            guard let file = state.files[path], file.status == status else { return false }
            return file.lock.text(ofStage: name) == state.locks[path]?.text(ofStage: name)
        }
    }

    /// Takes over what another process recorded of a stage that this one did not commit; false if that is nothing new.
    ///
    /// Under the project's lock.
    func refreshRecord(of stage: Stage) throws -> Bool {
        guard let name = stage.name else { return false }
        let path = Self.lockPath(of: stage.file)
        let file = try read(path)
        guard let recorded = try file.lock.stage(named: name) else { return false }
        return try state.withLock { state in
            state.files[path] = file
            return try state.locks[path, default: LockFile()].set(recorded, named: name)
        }
    }

    /// A lock file as it is now; parsed again if it has other bytes than last time.
    private func read(_ path: AbsolutePath) throws -> LockFileState {
        let status = try FileStatus.ifPresent(path)
        let bytes = try path.readBytesIfPresent() ?? []
        if var known = state.withLock({ $0.files[path] }), known.bytes == bytes {
            known.status = status
            return known
        }
        let lock = try LockFile(parsing: bytes, file: project.display(path))
        return LockFileState(status, lock, bytes)
    }

    private func write(_ update: LockUpdate, to path: AbsolutePath) throws {
        var lock = try read(path).lock
        let new = try update.apply(to: &lock)
        let added = state.withLock { state in
            state.added[path, default: []].formUnion(new)
            return state.added[path, default: []]
        }
        lock.arrange(order[path, default: []].filter(added.contains))
        let bytes = lock.serialized()
        try path.replaceContents(with: bytes)
        let file = LockFileState(try FileStatus.ifPresent(path), lock, bytes)
        state.withLock { $0.files[path] = file }
    }

    private func writePointer(at path: AbsolutePath) throws {
        guard let entry = state.withLock({ $0.pointers[path] }) else { return }
        let text = try entry.pointer.serializedWithDigest(
            updating: entry.text,
            file: project.display(path)
        )
        try path.replaceContents(with: text)
    }
}

/// A `dvc.lock` as it was last read or written.
struct LockFileState {
    var status: FileStatus?
    let lock: LockFile
    /// Nil if they are not known.
    let bytes: [UInt8]?

    init(_ status: FileStatus?, _ lock: LockFile, _ bytes: [UInt8]? = nil) {
        (self.status, self.lock, self.bytes) = (status, lock, bytes)
    }
}

/// What one `publish` writes.
private struct Batch {
    var stages: [AbsolutePath: LockUpdate]
    var pointers: Set<AbsolutePath>
    var stored: Set<HashScheme>

    var isEmpty: Bool { stages.isEmpty && pointers.isEmpty }
    var paths: Set<AbsolutePath> { pointers.union(stages.keys) }
}

extension StageCommitter.State {
    fileprivate mutating func takeBatch() -> Batch {
        defer {
            newStages = [:]
            newPointers = []
            stored = []
        }
        return Batch(stages: newStages, pointers: newPointers, stored: stored)
    }
}
