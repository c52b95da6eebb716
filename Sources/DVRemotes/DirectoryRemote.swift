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

    package let store: ObjectStore
    package let parallelism: Int?

    package init(
        at directory: AbsolutePath,
        scheme: HashScheme,
        layout: Layout,
        parallelism: Int? = nil
    ) {
        self.parallelism = parallelism
        var settings = StoreSettings()
        settings.compression = layout == .plain ? .none : .auto
        store = ObjectStore(at: directory, scheme: scheme, settings: settings)
    }

    package var location: String { store.root.string }

    package func missing(among names: [ObjectName], jobs: Int) throws -> [ObjectName] {
        try store.missing(among: names, jobs: jobs)
    }

    package func verify(
        _ names: [ObjectName]?,
        isQuick: Bool,
        jobs: Int,
        progress: Progress?
    ) throws -> VerifyFindings {
        try store.verify(names, isQuick: isQuick, jobs: jobs, progress: progress)
    }

    package func quarantine(_ name: ObjectName) throws { try store.quarantine(name) }

    package func unused(besides used: SortedNames, jobs: Int) throws -> [UnusedObject] {
        try store.unused(besides: used, jobs: jobs)
    }

    package func remove(
        _ objects: [UnusedObject],
        unlessNewerThan moment: Int64,
        jobs: Int
    ) throws -> [UnusedObject] {
        try store.remove(objects, unlessNewerThan: moment, jobs: jobs)
    }

    package func files(in folder: RelativePath) throws -> [RelativePath] {
        try store.root.appending(folder).filesBelow().map(folder.appending)
    }

    package func read(_ file: RelativePath) throws -> [UInt8]? {
        try store.root.appending(file).readBytesIfPresent()
    }

    package func write(_ bytes: [UInt8], to file: RelativePath) throws {
        let path = store.root.appending(file)
        try path.parent.makeDirectories()
        try path.replaceContents(with: bytes)
    }

    package func makeChannel(
        to cache: ObjectStore,
        progress: Progress
    ) throws -> any RemoteChannel {
        DirectoryChannel(cache: cache, remote: store, progress: progress)
    }

    package func makeReceiver(progress: Progress) throws -> any RemoteReceiver {
        DirectoryReceiver(store, progress)
    }
}

/// The store of the remote hashes and stores in one reading.
private final class DirectoryReceiver: RemoteReceiver {
    private let store: ObjectStore
    private let scratch: ObjectScratch

    init(_ store: ObjectStore, _ progress: Progress) {
        self.store = store
        scratch = store.makeScratch(progress: progress)
    }

    func take(_ open: @escaping () throws -> any IncomingContent) throws -> ReceivedObject {
        let content = try open()
        let (name, size) = try store.insert(scratch: scratch) { try content.read(into: $0) }
        return ReceivedObject(name: name, size: size)
    }

    func take(_ bytes: [UInt8], as name: ObjectName) throws {
        _ = try store.insert(bytes: bytes, isListing: name.isListing, scratch: scratch)
    }
}

/// Both sides are object stores, so that moving an object is an insertion from one into the other.
private final class DirectoryChannel: RemoteChannel {
    private let cache: ObjectStore
    private let remote: ObjectStore
    private let progress: Progress
    private lazy var remoteScratch = remote.makeScratch(progress: progress)

    init(cache: ObjectStore, remote: ObjectStore, progress: Progress) {
        self.cache = cache
        self.remote = remote
        self.progress = progress
    }

    func upload(_ name: ObjectName) throws {
        try remote.insert(name, from: cache, scratch: remoteScratch)
        progress.advance(items: 1)
    }

    func download(_ name: ObjectName, scratch: ObjectScratch) throws {
        try cache.insert(name, from: remote, scratch: scratch)
        progress.advance(items: 1)
    }

    func readAhead(
        _ names: ArraySlice<ObjectName>,
        _ direction: TransferDirection,
        scratch: ObjectScratch
    ) throws -> Int {
        switch direction {
        case .upload: try cache.readAhead(names, scratch: remoteScratch)
        case .download: try remote.readAhead(names, scratch: scratch)
        }
    }
}
