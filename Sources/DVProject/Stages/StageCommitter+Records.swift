import DVFormats
import DVHashing
import DVPipeline
import DVSystem
import Synchronization

/// Changing what is recorded without a look at the workspace.
extension StageCommitter {
    /// Replaces the records of outputs and dependencies, by path as written; false if nothing changed.
    func replaceRecords(of stage: Stage, with changes: [String: ContentRecord]) throws -> Bool {
        guard !changes.isEmpty else { return false }
        return try state.withLock { state in
            state.stored.insert(.md5)
            guard let name = stage.name else {
                guard var entry = state.pointers[stage.file] else { return false }
                for index in entry.pointer.outputs.indices {
                    entry.pointer.outputs[index].recorded.take(changes)
                }
                state.pointers[stage.file] = entry
                state.newPointers.insert(stage.file)
                return true
            }
            let path = Self.lockPath(of: stage.file)
            guard var locked = try state.locks[path]?.stage(named: name) else { return false }
            for index in locked.outputs.indices { locked.outputs[index].take(changes) }
            for index in locked.dependencies.indices { locked.dependencies[index].take(changes) }
            try state.locks[path]?.set(locked, named: name)
            state.newStages[path, default: LockUpdate()].set(locked, named: name)
            return true
        }
    }

    /// Whether this process recorded the stage.
    func hasCommitted(_ stage: Stage) -> Bool { state.withLock { $0.committed.contains(stage) } }

    /// Tells whose data lies at `path`, as a checkout does.
    func register(_ name: ObjectName, at path: AbsolutePath) {
        state.withLock { $0.registered.append((name, path)) }
    }
}

extension RecordedPath {
    fileprivate mutating func take(_ changes: [String: ContentRecord]) {
        if let change = changes[path] { content = change }
    }
}
