import DVHashing
import DVSystem

/// What the state store knows of the files of a tree.
struct KnownDigests: Sendable {
    /// One for each file; meaningless for the unknown ones.
    var digests: [Digest]
    /// Indices of the files that must be read, in order.
    var unknown: [Int] = []
    /// Rows about files that are not there any more.
    var vanished = VanishedRows()
    /// Of the rows about the files that are known, and of those recorded since; nil if a file has none.
    var sum: StateSum? = StateSum()
    /// Of all rows that were found, also those about files that changed or are not there any more.
    var found = StateSum()
}

/// Keys, in flat storage.
struct VanishedRows: Sendable {
    fileprivate var bytes: [UInt8] = []
    fileprivate var ends: [Int] = []

    var count: Int { ends.count }

    fileprivate mutating func append(_ key: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: key)
        ends.append(bytes.count)
    }
}

extension StateStore {
    /// Looks all files of a tree up in one ordered scan, merged with the tree: no look-up for single files.
    func lookUp(_ tree: FileTree, scheme: HashScheme) -> KnownDigests {
        let none = Digest(high: 0, low: 0)
        var merge = TreeMerge(
            known: KnownDigests(digests: Array(repeating: none, count: tree.count))
        )
        let prefix = keys.prefix(.files(scheme), below: tree.root)
        withDatabase(isWriting: false) { database throws(StateFailure) in
            try database.scan(prefix: prefix) { key, row, checksum in
                let path = UnsafeRawBufferPointer(rebasing: key[prefix.count...])
                merge.add(path, key, row, checksum, tree)
            }
        }
        return merge.finish(tree)
    }

    /// Records files of a tree that were read after `clock` was taken; those too young are not recorded.
    ///
    /// Gives the sum of their rows, nil if one was not recorded.
    func record(
        _ files: [ReadFile],
        of tree: FileTree,
        at indices: ArraySlice<Int>,
        scheme: HashScheme,
        clock: RecordingClock
    ) -> StateSum? {
        let prefix = keys.prefix(.files(scheme), below: tree.root)
        let rows = zip(indices, files).filter { clock.canRecord($1.status) }.map { index, file in
            (
                key: prefix + tree.paths[tree.pathRange(at: index)],
                row: StateRow(file.digest, file.status)
            )
        }
        put(rows)
        guard rows.count == files.count else { return nil }
        return rows.reduce(into: StateSum()) { sum, entry in
            sum.add(checksum: entry.key.withUnsafeBytes { entry.row.checksum(key: $0) })
        }
    }

    /// The name of the listing of `folder`, if the rows about its files are those it was recorded with.
    func listing(of folder: AbsolutePath, scheme: HashScheme, rows sum: StateSum) -> ObjectName? {
        row(keys.key(.trees(scheme), folder), about: StateStamp(sum)).map {
            ObjectName($0.digest, isListing: true)
        }
    }

    /// Remembers the name of the listing that the rows about the files of `folder`, all recorded, add up to.
    func record(
        listing name: ObjectName,
        of folder: AbsolutePath,
        scheme: HashScheme,
        rows sum: StateSum
    ) {
        put(StateRow(name.digest, StateStamp(sum)), keys.key(.trees(scheme), folder))
    }

    func remove(_ rows: VanishedRows) {
        guard rows.count > 0 else { return }
        withDatabase(isWriting: true) { database throws(StateFailure) in
            try database.write { () throws(StateFailure) in
                var start = 0
                for end in rows.ends {
                    try database.remove(key: Array(rows.bytes[start..<end]))
                    start = end
                }
            }
        }
    }
}

/// Walks a tree beside the rows about it, both in order of paths.
private struct TreeMerge {
    var known: KnownDigests
    private var next = 0

    init(known: KnownDigests) {
        self.known = known
    }

    @inline(__always)
    mutating func add(
        _ path: UnsafeRawBufferPointer,
        _ key: UnsafeRawBufferPointer,
        _ row: StateRow,
        _ checksum: UInt64,
        _ tree: FileTree
    ) {
        known.found.add(checksum: checksum)
        while next < tree.count {
            let order = tree.withPath(at: next) { compareBytes($0, path) }
            if order > 0 { break }
            if order == 0 {
                if row.stamp == StateStamp(tree.entries[next]) {
                    known.digests[next] = row.digest
                    known.sum?.add(checksum: checksum)
                } else {
                    known.unknown.append(next)
                }
                next += 1
                return
            }
            known.unknown.append(next)
            next += 1
        }
        known.vanished.append(key)
    }

    mutating func finish(_ tree: FileTree) -> KnownDigests {
        known.unknown.append(contentsOf: next..<tree.count)
        return known
    }
}
