import DVHashing
import DVSystem

extension ObjectStore {
    /// Stores several files as `insert(fileAt:)` does, hashing small ones side by side; nil for one that changed while it was
    /// read.
    package func insert(
        filesAt paths: [AbsolutePath],
        scratch: ObjectScratch
    ) throws -> [InsertedObject?] {
        var objects: [InsertedObject?] = Array(repeating: nil, count: paths.count)
        var waiting: [(index: Int, status: FileStatus)] = []
        let batch = scratch.batch
        defer { batch.removeAll() }
        for (index, path) in paths.enumerated() {
            do {
                let source = try SourceFile(at: path)
                guard source.status.size <= Encoding.frameSize else {
                    objects[index] = try insert(large: source, expecting: nil, scratch: scratch)
                    continue
                }
                if batch.isFull { try store(&waiting, into: &objects, scratch) }
                let content = try source.readAll(into: batch.room(Int(source.status.size)))
                try source.checkUnchanged(after: Int64(content.count))
                batch.append(content)
                waiting.append((index, source.status))
            } catch SourceError.changedWhileRead {
                continue
            }
        }
        try store(&waiting, into: &objects, scratch)
        return objects
    }

    /// Hashes what the batch holds, stores it and empties it.
    private func store(
        _ waiting: inout [(index: Int, status: FileStatus)],
        into objects: inout [InsertedObject?],
        _ scratch: ObjectScratch
    ) throws {
        let batch = scratch.batch
        let digests = batch.digests(scheme)
        for (file, (digest, content)) in zip(waiting, zip(digests, batch.contents)) {
            let name = ObjectName(digest)
            let isNew = try store(content, as: name, scratch: scratch)
            scratch.progress?.advance(bytes: Int64(content.count))
            objects[file.index] = InsertedObject(name: name, status: file.status, isNew: isNew)
        }
        waiting.removeAll(keepingCapacity: true)
        batch.removeAll()
    }
}
