import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// A remote in a directory that several people or machines can reach: DVC's own layout by default.
///
/// It is an object store like the cache, so that every write is atomic and every read verified; many writers are safe.
package struct DirectoryRemote: Remote {
    /// How objects are kept.
    package enum Layout: String, Sendable, CaseIterable {
        /// Uncompressed, as DVC keeps them.
        case plain
        /// Compressed, for dvswift only.
        case encoded
    }

    private let store: ObjectStore

    package init(at directory: AbsolutePath, scheme: HashScheme, layout: Layout) {
        var settings = StoreSettings()
        settings.compression = layout == .plain ? .none : .auto
        store = ObjectStore(at: directory, scheme: scheme, settings: settings)
    }

    package var location: String { store.root.string }

    package func missing(among names: [ObjectName], jobs: Int) throws -> [ObjectName] {
        try store.missing(among: names, jobs: jobs)
    }

    package func makeChannel(
        to cache: ObjectStore,
        progress: Progress
    ) throws -> any RemoteChannel {
        DirectoryChannel(cache: cache, remote: store, progress: progress)
    }
}

private final class DirectoryChannel: RemoteChannel {
    private let cache: ObjectStore
    private let remote: ObjectStore
    private let progress: Progress
    /// Made on first use: a channel moves objects in one direction only.
    private lazy var remoteScratch = remote.makeScratch()
    private lazy var cacheScratch = cache.makeScratch()

    init(cache: ObjectStore, remote: ObjectStore, progress: Progress) {
        self.cache = cache
        self.remote = remote
        self.progress = progress
    }

    func upload(_ name: ObjectName) throws {
        try copy(name, from: cache, to: remote, scratch: remoteScratch)
    }

    func download(_ name: ObjectName) throws {
        try copy(name, from: remote, to: cache, scratch: cacheScratch)
    }

    private func copy(
        _ name: ObjectName,
        from source: ObjectStore,
        to target: ObjectStore,
        scratch: ObjectScratch
    ) throws {
        let reader = try source.reader(for: name)
        try target.insert(expecting: name, size: reader.size, scratch: scratch) { buffer in
            let count = try reader.read(into: buffer)
            progress.advance(bytes: Int64(count))
            return count
        }
        progress.advance(items: 1)
    }
}
