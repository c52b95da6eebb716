import DVFormats
import DVHashing
import DVSystem

/// The files of one tree on their way to their digests.
struct HashRun {
    let hasher: TreeHasher
    var tree: FileTree
    var known: KnownDigests
    var counters = HashCounters()

    /// Files between two records in the state store: what a killed process loses, and what results wait in memory.
    static let filesPerRecord = 16_384
    /// Files of this size and above are scheduled one by one, the largest work first.
    static let largeSize: Int64 = 8 << 20

    init(hasher: TreeHasher, tree: FileTree) {
        self.hasher = hasher
        self.tree = tree
        known = hasher.state.lookUp(tree, scheme: hasher.scheme)
        counters.known = tree.count - known.unknown.count
        hasher.progress?.expect(bytes: tree.totalSize, items: tree.count)
        let unknownBytes = known.unknown.reduce(0) { $0 + tree.size(at: $1) }
        hasher.progress?.advance(bytes: tree.totalSize - unknownBytes, items: counters.known)
    }

    /// Reads the files that the state store does not know.
    mutating func hashUnknown() throws {
        let large = known.unknown.filter { tree.size(at: $0) >= Self.largeSize }
        let small =
            large.isEmpty
            ? known.unknown : known.unknown.filter { tree.size(at: $0) < Self.largeSize }
        try hash(large, batchSize: 1)
        var start = 0
        while start < small.count {
            let end = min(start + Self.filesPerRecord, small.count)
            try hash(Array(small[start..<end]), batchSize: 64)
            start = end
        }
    }

    private mutating func hash(_ indices: [Int], batchSize: Int) throws {
        guard !indices.isEmpty else { return }
        let clock = hasher.state.clock()
        let (tree, hasher) = (tree, hasher)
        let batches = try hasher.pool.map(
            count: indices.count,
            batchSize: batchSize,
            worker: { FileHasher(scheme: hasher.scheme, progress: hasher.progress) },
            body: { worker, range in
                try range.map { place in
                    let path = tree.absolutePath(at: indices[place])
                    return try retryingOnce { try worker.hash(fileAt: path) }
                }
            }
        )
        accept(batches.joined(), at: indices, clock)
    }

    /// Takes what was read, and records it.
    mutating func accept(
        _ files: some Sequence<HashedFile>,
        at indices: [Int],
        _ clock: RecordingClock
    ) {
        for (index, file) in zip(indices, files) {
            known.digests[index] = file.digest
            tree.setStatus(file.status, at: index)
            counters.hashed += 1
            counters.hashedBytes += file.status.size
        }
        hasher.progress?.advance(items: indices.count)
        hasher.state.record(
            known.digests,
            of: tree,
            at: indices,
            scheme: hasher.scheme,
            clock: clock
        )
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
            name: listing.objectName(),
            totalSize: tree.totalSize,
            counters: counters
        )
    }
}
