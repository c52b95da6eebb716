import DVHashing
import DVObjects
import DVSystem

extension TreeHasher {
    /// `content(at:)`, after which every object, and the listing of a folder, is in `store`; nil stores nothing.
    ///
    /// A file that must be hashed is read once, for both. One that the state store knows is read only if its object is missing.
    package func content(
        at path: AbsolutePath,
        storingIn store: ObjectStore?
    ) throws -> WorkspaceContent? {
        guard let store else { return try content(at: path) }
        guard let found = try FileStatus.ifPresent(path) else { return nil }
        let status = try found.isSymbolicLink ? FileStatus.following(path) : found
        guard status.isDirectory else { return try file(at: path, storingIn: store) }
        var run = HashRun(hasher: self, tree: try walk.tree(at: path))
        try run.store(in: store)
        let tree = try run.finish()
        _ = try store.insert(
            bytes: tree.listing.serialized(),
            isListing: true,
            scratch: store.makeScratch()
        )
        return .directory(tree)
    }

    private func file(at path: AbsolutePath, storingIn store: ObjectStore) throws
        -> WorkspaceContent?
    {
        let status = try FileStatus.following(path)
        let scratch = store.makeScratch(progress: progress)
        if let digest = state.digest(of: path, status: status, scheme: scheme) {
            _ = try store.insertIfMissing(
                fileAt: path,
                knownAs: ObjectName(digest),
                size: status.size,
                scratch: scratch
            )
        } else if status.isRegular {
            let clock = state.clock()
            let stored = try retryingOnce { try store.insert(fileAt: path, scratch: scratch) }
            state.record(
                stored.name.digest,
                for: path,
                status: stored.status,
                scheme: scheme,
                clock: clock
            )
            return .file(
                HashedEntry(
                    path: path,
                    digest: stored.name.digest,
                    status: stored.status,
                    isSymbolicLink: try FileStatus.ifPresent(path)?.isSymbolicLink ?? false,
                    counters: HashCounters()
                )
            )
        }
        return try content(at: path)
    }
}

extension HashRun {
    /// Hashes and stores the files that the state store does not know, and stores known ones whose objects are missing.
    mutating func store(in store: ObjectStore) throws {
        let unknown = known.unknown
        var start = 0
        while start < unknown.count {
            let end = min(start + Self.filesPerRecord, unknown.count)
            try insert(Array(unknown[start..<end]), in: store)
            start = end
        }
        try storeMissing(in: store, except: unknown)
    }

    private mutating func insert(_ indices: [Int], in store: ObjectStore) throws {
        let clock = hasher.state.clock()
        let (tree, hasher) = (tree, hasher)
        let batches = try hasher.pool.map(
            count: indices.count,
            batchSize: 64,
            worker: { store.makeScratch(progress: hasher.progress) },
            body: { scratch, range in
                try range.map { place in
                    let path = tree.absolutePath(at: indices[place])
                    let stored = try retryingOnce {
                        try store.insert(fileAt: path, scratch: scratch)
                    }
                    return HashedFile(digest: stored.name.digest, status: stored.status)
                }
            }
        )
        accept(batches.joined(), at: indices, clock)
    }

    private func storeMissing(in store: ObjectStore, except unknown: [Int]) throws {
        let isUnknown = Set(unknown)
        let indices = (0..<tree.count).filter { !isUnknown.contains($0) }
        let missing = Set(
            try store.missing(
                among: indices.map { ObjectName(known.digests[$0]) },
                jobs: hasher.pool.jobs
            )
        )
        guard !missing.isEmpty else { return }
        let wanted = indices.filter { missing.contains(ObjectName(known.digests[$0])) }
        let (tree, digests) = (tree, known.digests)
        _ = try hasher.pool.map(
            count: wanted.count,
            batchSize: 64,
            worker: { store.makeScratch() },
            body: { scratch, range in
                for place in range {
                    let index = wanted[place]
                    _ = try store.insertIfMissing(
                        fileAt: tree.absolutePath(at: index),
                        knownAs: ObjectName(digests[index]),
                        size: tree.size(at: index),
                        scratch: scratch
                    )
                }
            }
        )
    }
}
