import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// The files of one tree on their way to their digests.
struct HashRun {
    let hasher: TreeHasher
    let store: ObjectStore?
    var tree: FileTree
    var known: KnownDigests
    var counters = HashCounters()

    /// Files whose results wait in memory until they are taken over.
    static let filesPerRound = 16_384
    /// Files of this size and above are scheduled one by one, the largest work first.
    static let largeSize: Int64 = 8 << 20

    init(hasher: TreeHasher, store: ObjectStore?, tree: FileTree) {
        self.hasher = hasher
        self.store = store
        self.tree = tree
        known = hasher.state.lookUp(tree, scheme: hasher.scheme)
        counters.known = tree.count - known.unknown.count
        hasher.progress?.expect(bytes: tree.totalSize, items: tree.count)
        let unknownBytes = known.unknown.reduce(0) { $0 + tree.size(at: $1) }
        hasher.progress?.advance(bytes: tree.totalSize - unknownBytes, items: counters.known)
    }

    /// Reads the files that the state store does not know; with an object store, stores them in the same reading.
    mutating func readUnknown() throws {
        let large = known.unknown.filter { tree.size(at: $0) >= Self.largeSize }
        let small =
            large.isEmpty
            ? known.unknown : known.unknown.filter { tree.size(at: $0) < Self.largeSize }
        try read(large, batchSize: 1, pool: poolForLarge)
        var start = 0
        while start < small.count {
            let end = min(start + Self.filesPerRound, small.count)
            try read(Array(small[start..<end]), batchSize: 64, pool: hasher.pool)
            start = end
        }
    }

    /// Hashing a large file takes one processor; storing it takes more, but waits for its digest.
    private var poolForLarge: WorkerPool {
        guard store != nil else { return hasher.pool }
        return WorkerPool(jobs: min(hasher.pool.jobs, WorkerPool.processorCount))
    }

    private mutating func read(_ indices: [Int], batchSize: Int, pool: WorkerPool) throws {
        guard !indices.isEmpty else { return }
        let batches = try readAll(indices, batchSize: batchSize, pool: pool)
        for (index, file) in zip(indices, batches.joined()) {
            known.digests[index] = file.digest
            tree.setStatus(file.status, at: index)
            counters.add(file)
        }
        hasher.progress?.advance(items: indices.count)
    }

    /// Also records what was read in the state store, batch by batch: a killed process loses little.
    private func readAll(
        _ indices: [Int],
        batchSize: Int,
        pool: WorkerPool
    ) throws -> [[ReadFile]] {
        // Copies that the workers share; gone before the tree is changed, or it would be copied in memory.
        let (tree, hasher, store) = (tree, hasher, store)
        let clock = hasher.state.clock()
        return try pool.map(
            count: indices.count,
            batchSize: batchSize,
            worker: { SourceReader(hasher: hasher, store: store) },
            body: { reader, range in
                let batch = indices[range]
                let files = try reader.read(batch.map { tree.absolutePath(at: $0) })
                hasher.state.record(
                    files,
                    of: tree,
                    at: batch,
                    scheme: hasher.scheme,
                    clock: clock
                )
                return files
            }
        )
    }

    /// Stores the files that needed no reading for their digest, but whose objects are missing.
    mutating func storeMissing() throws {
        guard let store, counters.known > 0 else { return }
        var isUnknown = Array(repeating: false, count: tree.count)
        for index in known.unknown { isUnknown[index] = true }
        let names = tree.entries.indices.filter { !isUnknown[$0] }
            .map { ObjectName(known.digests[$0]) }
        var missing = Set(
            try store.missing(among: names, jobs: hasher.pool.jobs).map(\.digest)
        )
        guard !missing.isEmpty else { return }
        // One file for each missing object: others with the same content would find it stored.
        let sources = tree.entries.indices.filter {
            !isUnknown[$0] && missing.remove(known.digests[$0]) != nil
        }
        hasher.progress?.expect(
            bytes: sources.reduce(0) { $0 + tree.size(at: $1) },
            items: sources.count
        )
        let before = counters.known
        try read(sources, batchSize: 16, pool: hasher.pool)
        counters.known = before - sources.count
    }

    consuming func finish() throws -> HashedTree {
        hasher.state.remove(known.vanished)
        var builder = DirectoryListing.Builder(reserving: tree.count)
        for index in 0..<tree.count {
            tree.withPath(at: index) { builder.append(pathBytes: $0, known.digests[index]) }
        }
        let listing = try builder.finish(file: tree.root.string)
        return HashedTree(
            tree: tree,
            listing: listing,
            name: try name(of: listing),
            totalSize: tree.totalSize,
            counters: counters
        )
    }
    private func name(of listing: DirectoryListing) throws -> ObjectName {
        let name = listing.objectName()
        if let store, try !store.contains(name) {
            let scratch = store.makeScratch()
            _ = try store.insert(bytes: listing.serialized(), isListing: true, scratch: scratch)
        }
        return name
    }
}
