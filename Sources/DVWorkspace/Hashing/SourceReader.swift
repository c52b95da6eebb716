import DVHashing
import DVObjects
import DVSystem

/// A file that was read, and perhaps stored.
struct ReadFile: Sendable {
    let digest: Digest
    /// Of exactly the bytes that were read.
    let status: FileStatus
    let isNewObject: Bool
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

    private func readOnce(_ path: AbsolutePath) throws -> ReadFile {
        if let store, let scratch {
            let stored = try store.insert(fileAt: path, scratch: scratch)
            return ReadFile(
                digest: stored.name.digest,
                status: stored.status,
                isNewObject: stored.isNew
            )
        }
        let file = try files.hash(fileAt: path)
        return ReadFile(digest: file.digest, status: file.status, isNewObject: false)
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
