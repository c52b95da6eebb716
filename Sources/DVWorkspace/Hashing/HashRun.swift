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
    /// Whether the objects of all known files were there before any was stored.
    private let areKnownStored: Bool

    /// Files whose results wait in memory until they are taken over.
    static let filesPerRound = 16_384
    /// Files of this size and above are scheduled one by one, the largest work first.
    static let largeSize: Int64 = 8 << 20

    init(hasher: TreeHasher, store: ObjectStore?, tree: FileTree) throws {
        self.hasher = hasher
        self.store = store
        self.tree = tree
        known = hasher.state.lookUp(tree, scheme: hasher.scheme)
        areKnownStored = try Self.areStored(known, of: tree, in: store, hasher)
        counters.known = tree.count - known.unknown.count
        hasher.progress?.expect(bytes: tree.totalSize, items: tree.count)
        let unknownBytes = known.unknown.reduce(0) { $0 + tree.size(at: $1) }
        hasher.progress?.advance(bytes: tree.totalSize - unknownBytes, items: counters.known)
    }

    /// The rows add up to a listing whose objects are all there: so are those of the files that have not changed since.
    private static func areStored(
        _ known: KnownDigests,
        of tree: FileTree,
        in store: ObjectStore?,
        _ hasher: TreeHasher
    ) throws -> Bool {
        guard let store, known.unknown.count < tree.count,
            let listing = hasher.state.listing(
                of: tree.root,
                scheme: hasher.scheme,
                rows: known.found
            )
        else { return false }
        return try CompleteListings(in: store, state: hasher.state, jobs: hasher.pool.jobs)
            .isKnown(listing, count: tree.count)
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
        for batch in batches { known.add(batch.rows) }
        for (index, file) in zip(indices, batches.lazy.map(\.files).joined()) {
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
    ) throws -> [ReadBatch] {
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
                let rows = hasher.state.record(
                    files,
                    of: tree,
                    at: batch,
                    scheme: hasher.scheme,
                    clock: clock
                )
                return ReadBatch(files: files, rows: rows)
            }
        )
    }

    /// Stores the files that needed no reading for their digest, but whose objects are missing.
    mutating func storeMissing() throws {
        guard let store, counters.known > 0, !areKnownStored else { return }
        var isUnknown = Array(repeating: false, count: tree.count)
        for index in known.unknown { isUnknown[index] = true }
        var missing = Set(try missing(in: store, isUnknown).map(\.digest))
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
        // Their rows are recorded a second time, perhaps with other content.
        known.sum = nil
        counters.known = before - sources.count
    }

    /// The objects of known files that are not there; perhaps also some of unknown ones.
    private func missing(in store: ObjectStore, _ isUnknown: [Bool]) throws -> [ObjectName] {
        let jobs = hasher.pool.jobs
        guard let name = try rememberedName() else {
            let known = zip(known.digests, isUnknown).lazy.filter { !$1 }
            return try store.missing(among: known.map { ObjectName($0.0) }, jobs: jobs)
        }
        return try CompleteListings(in: store, state: hasher.state, jobs: jobs)
            .missing(of: name, count: tree.count) { known.digests.map { ObjectName($0) } }
    }

    consuming func finish() throws -> HashedTree {
        hasher.state.remove(known.vanished)
        let name = try rememberedName() ?? newName()
        return HashedTree(tree: tree, digests: known.digests, name: name, counters: counters)
    }

    /// The name of the listing, if the files are those that it was last computed of: then it needs no writing.
    private func rememberedName() throws -> ObjectName? {
        guard let sum = known.sum,
            let name = hasher.state.listing(of: tree.root, scheme: hasher.scheme, rows: sum),
            try store?.contains(name) ?? true
        else { return nil }
        return name
    }

    private func newName() throws -> ObjectName {
        let listing = try DirectoryListing.Builder(tree, known.digests)
            .finish(file: tree.root.string)
        let name = try store?.insert(listing) ?? listing.objectName()
        if let sum = known.sum {
            hasher.state.record(
                listing: name,
                of: tree.root,
                scheme: hasher.scheme,
                rows: sum
            )
        }
        return name
    }
}

/// Files that one thread read.
private struct ReadBatch: Sendable {
    let files: [ReadFile]
    /// Of their rows in the state store, nil if one was not recorded.
    let rows: StateSum?
}

extension KnownDigests {
    fileprivate mutating func add(_ rows: StateSum?) {
        guard let rows else { return sum = nil }
        sum?.add(rows)
    }
}
