import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// Reads what a storage has, many files at once, each in one pass: downloaded, hashed and stored as it comes.
struct StoredReading {
    private let tree: StoredTree
    private let jobs: Int
    private let progress: Progress

    /// `jobs` nil means what suits the storage.
    init(_ tree: StoredTree, jobs: Int?, _ progress: Progress) {
        self.tree = tree
        self.jobs = jobs ?? tree.place.storage.parallelism
        self.progress = progress
        progress.expect(bytes: tree.totalSize, items: tree.files.count)
    }

    /// With a store, every object is in it afterwards, the listing of a folder too.
    func content(storingIn store: ObjectStore?) throws -> ExternalContent {
        try content(of: objects(storingIn: store)) { listing, name in
            guard let store else { return }
            let scratch = store.makeScratch()
            _ = try store.insert(bytes: listing, isListing: true, scratch: scratch)
        }
    }

    /// The files alone, in their order.
    func objects(storingIn store: ObjectStore?) throws -> [ReceivedObject] {
        try each(
            worker: { (try connect(), try ContentReader(store, progress)) },
            body: { worker, file in
                try worker.1.read(try tree.open(file, on: worker.0))
            }
        )
    }

    /// Passes it to a remote, without keeping anything here.
    func content(sendingTo remote: any Remote) throws -> ExternalContent {
        let objects = try each(
            worker: { (try connect(), try remote.makeReceiver(progress: progress)) },
            body: { worker, file in
                let (connection, receiver) = worker
                return try receiver.take { try tree.open(file, on: connection) }
            }
        )
        return try content(of: objects) { listing, name in
            try remote.makeReceiver(progress: progress).take(listing, as: name)
        }
    }

    private func connect() throws -> any StorageConnection { try tree.place.storage.connect() }

    private func each<Worker>(
        worker: @Sendable () throws -> Worker,
        body: @Sendable (inout Worker, StoredFile) throws -> ReceivedObject
    ) throws -> [ReceivedObject] {
        let files = tree.files
        return try WorkerPool(jobs: jobs).map(
            count: files.count,
            batchSize: max(1, min(16, files.count / (4 * max(1, jobs)))),
            worker: worker,
            body: { worker, range in
                try files[range].map { file in
                    try Interruption.check()
                    defer { progress.advance(items: 1) }
                    return try body(&worker, file)
                }
            }
        )
        .flatMap(\.self)
    }

    /// `keep` gets the bytes of a folder's listing.
    private func content(
        of objects: [ReceivedObject],
        keep: (_ listing: [UInt8], ObjectName) throws -> Void
    ) throws -> ExternalContent {
        guard tree.isFolder else {
            guard let object = objects.first else {
                throw OriginError.dependencyMissing(tree.place.location)
            }
            let record = ContentRecord(object.name, size: object.size)
            return ExternalContent(record: record, listing: nil, source: tree.markedState)
        }
        var builder = DirectoryListing.Builder(reserving: objects.count)
        for (file, object) in zip(tree.files, objects) {
            builder.append(tree.relativePath(of: file), object.name.digest)
        }
        let listing = try builder.finish(file: tree.place.location)
        let name = listing.objectName()
        try keep(listing.serialized(), name)
        let size = objects.reduce(0) { $0 + $1.size }
        let record = ContentRecord(name, size: size, fileCount: objects.count)
        return ExternalContent(record: record, listing: listing, source: tree.markedState)
    }
}

/// Takes contents in on one thread: into a store, or only for their digests.
private final class ContentReader {
    private let store: ObjectStore?
    private let scratch: ObjectScratch?
    private let progress: Progress
    private lazy var buffer = [UInt8](repeating: 0, count: 256 << 10)

    init(_ store: ObjectStore?, _ progress: Progress) throws {
        self.store = store
        self.progress = progress
        scratch = store?.makeScratch(progress: progress)
    }

    func read(_ content: any IncomingContent) throws -> ReceivedObject {
        guard let store, let scratch else { return try hash(content) }
        let (name, size) = try store.insert(scratch: scratch) { try content.read(into: $0) }
        return ReceivedObject(name: name, size: size)
    }

    private func hash(_ content: any IncomingContent) throws -> ReceivedObject {
        var hasher = StreamingHasher()
        while true {
            try Interruption.check()
            let count = try buffer.withUnsafeMutableBytes { try content.read(into: $0) }
            if count == 0 { break }
            buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            progress.advance(bytes: Int64(count))
        }
        let size = hasher.byteCount
        return ReceivedObject(name: ObjectName(hasher.finish()), size: size)
    }
}
