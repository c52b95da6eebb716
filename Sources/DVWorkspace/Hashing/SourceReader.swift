import DVHashing
import DVObjects
import DVSystem

/// A file that was read, and perhaps stored.
struct ReadFile: Sendable {
    let digest: Digest
    /// Of exactly the bytes that were read.
    let status: FileStatus
    let isNewObject: Bool

    init(digest: Digest, status: FileStatus, isNewObject: Bool) {
        self.digest = digest
        self.status = status
        self.isNewObject = isNewObject
    }

    init(_ file: HashedFile) {
        self.init(digest: file.digest, status: file.status, isNewObject: false)
    }

    init(_ object: InsertedObject) {
        self.init(digest: object.name.digest, status: object.status, isNewObject: object.isNew)
    }
}

/// Reads files for their digests, or into an object store; one per thread.
final class SourceReader {
    private let hasher: TreeHasher
    private let store: ObjectStore?
    /// With their buffers, made when the first file is read: most are known without.
    private lazy var files = FileHasher(scheme: hasher.scheme, progress: hasher.progress)
    private lazy var scratch = store?.makeScratch(progress: hasher.progress)

    init(hasher: TreeHasher, store: ObjectStore?) {
        self.hasher = hasher
        self.store = store
    }

    /// Reads a whole file; again if it changed meanwhile.
    func read(_ path: AbsolutePath) throws -> ReadFile {
        do {
            return try readOnce(path)
        } catch SourceError.changedWhileRead {
            return try readOnce(path)
        }
    }

    /// Reads many files, small ones side by side.
    func read(_ paths: [AbsolutePath]) throws -> [ReadFile] {
        try zip(paths, readOnce(paths)).map { path, file in try file ?? readOnce(path) }
    }

    /// Nil for files that changed meanwhile.
    private func readOnce(_ paths: [AbsolutePath]) throws -> [ReadFile?] {
        guard let store, let scratch else {
            return try files.hash(filesAt: paths).map { $0.map(ReadFile.init) }
        }
        return try store.insert(filesAt: paths, scratch: scratch).map { $0.map(ReadFile.init) }
    }

    private func readOnce(_ path: AbsolutePath) throws -> ReadFile {
        if let store, let scratch {
            return ReadFile(try store.insert(fileAt: path, scratch: scratch))
        }
        return ReadFile(try files.hash(fileAt: path))
    }

    /// A single file: known to the state store (and stored), or read and recorded.
    func readUnlessKnown(
        _ path: AbsolutePath,
        _ status: FileStatus
    ) throws -> (ReadFile, HashCounters) {
        let (state, scheme) = (hasher.state, hasher.scheme)
        var counters = HashCounters()
        hasher.progress?.expect(bytes: status.size, items: 1)
        defer { hasher.progress?.advance(items: 1) }
        if let digest = state.digest(of: path, status: status, scheme: scheme),
            try store?.contains(ObjectName(digest)) ?? true
        {
            counters.known = 1
            hasher.progress?.advance(bytes: status.size)
            return (ReadFile(digest: digest, status: status, isNewObject: false), counters)
        }
        let clock = state.clock()
        let file = try read(path)
        counters.add(file)
        state.record(file.digest, for: path, status: file.status, scheme: scheme, clock: clock)
        return (file, counters)
    }
}
