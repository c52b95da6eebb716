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
            guard !batch.isEmpty else { return }
            try project.lock.hold {
                for scheme in batch.stored { try project.cache(for: scheme).synchronize() }
                for (path, update) in batch.stages { try write(update, to: path) }
                for path in batch.pointers { try writePointer(at: path) }
            }
            state.withLock { $0.published.formUnion(batch.paths) }
        }
    }

    /// Takes over what another process recorded of a stage that this one did not commit.
    func refreshRecord(of stage: Stage) throws {
        let path = Self.lockPath(of: stage.file)
        guard let name = stage.name, let bytes = try path.readBytesIfPresent(),
            let recorded = try LockFile(parsing: bytes, file: project.display(path))
                .stage(named: name)
        else { return }
        try state.withLock { state in
            _ = try state.locks[path, default: LockFile()].set(recorded, named: name)
        }
    }

    private func write(_ update: LockUpdate, to path: AbsolutePath) throws {
        var lock = try LockFile(
            parsing: try path.readBytesIfPresent() ?? [],
            file: project.display(path)
        )
        let new = try update.apply(to: &lock)
        let added = state.withLock { state in
            state.added[path, default: []].formUnion(new)
            return state.added[path, default: []]
        }
        lock.arrange(order[path, default: []].filter(added.contains))
        try path.replaceContents(with: lock.serialized())
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
