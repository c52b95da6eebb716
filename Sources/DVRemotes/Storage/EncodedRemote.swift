import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// A remote in a storage for people with dvswift alone: what a cache has encoded is kept so, all else as in DVC's layout.
///
/// An object may be there in either form. Contents that come from elsewhere (`--to-remote`) and results of runs are plain.
package struct EncodedRemote: Remote {
    fileprivate let plain: StorageRemote
    fileprivate let encoded: StorageRemote

    package init(_ storage: any Storage, parallelism: Int? = nil) {
        plain = StorageRemote(storage, scheme: .md5, parallelism: parallelism)
        encoded = StorageRemote(
            storage,
            scheme: .md5,
            encoding: .zstd,
            parallelism: parallelism
        )
    }

    package var location: String { plain.location }
    package var parallelism: Int? { plain.parallelism }
    package var isTrustingListings: Bool { true }

    package func missing(among names: [ObjectName], jobs: Int) throws -> [ObjectName] {
        try plain.missing(among: encoded.missing(among: names, jobs: jobs), jobs: jobs)
    }

    package func verify(
        _ names: [ObjectName]?,
        isQuick: Bool,
        jobs: Int,
        progress: Progress?
    ) throws -> VerifyFindings {
        var findings = try encoded.verify(names, isQuick: isQuick, jobs: jobs, progress: progress)
        findings.add(try plain.verify(names, isQuick: isQuick, jobs: jobs, progress: progress))
        return findings
    }

    package func quarantine(_ name: ObjectName) throws {
        let isEncoded = try encoded.missing(among: [name], jobs: 1).isEmpty
        try (isEncoded ? encoded : plain).quarantine(name)
    }

    package func unused(besides used: SortedNames, jobs: Int) throws -> [UnusedObject] {
        try (encoded.unused(besides: used, jobs: jobs) + plain.unused(besides: used, jobs: jobs))
            .sorted { $0.name < $1.name }
    }

    /// Each layout knows its own objects by the time when they were stored.
    package func remove(
        _ objects: [UnusedObject],
        unlessNewerThan moment: Int64,
        jobs: Int
    ) throws -> [UnusedObject] {
        try [encoded, plain].flatMap {
            try $0.remove(objects, unlessNewerThan: moment, jobs: jobs)
        }
    }

    package func files(in folder: RelativePath) throws -> [RelativePath] {
        try plain.files(in: folder)
    }

    package func read(_ file: RelativePath) throws -> [UInt8]? { try plain.read(file) }

    package func write(_ bytes: [UInt8], to file: RelativePath) throws {
        try plain.write(bytes, to: file)
    }

    package func connect() throws -> any RemoteFiles { try plain.connect() }

    package func makeChannel(
        to cache: ObjectStore,
        progress: Progress
    ) throws -> any RemoteChannel {
        EncodedChannel(
            cache,
            try plain.storage.connect(),
            encoded.layout,
            plain: try plain.makeChannel(to: cache, progress: progress),
            progress
        )
    }

    package func makeReceiver(progress: Progress) throws -> any RemoteReceiver {
        try plain.makeReceiver(progress: progress)
    }
}

/// Moves objects in the form that they have; contents are streams in both directions.
private final class EncodedChannel: RemoteChannel {
    private let cache: ObjectStore
    private let connection: any StorageConnection
    private let layout: StorageLayout
    private let plain: any RemoteChannel
    private let progress: Progress

    init(
        _ cache: ObjectStore,
        _ connection: any StorageConnection,
        _ layout: StorageLayout,
        plain: any RemoteChannel,
        _ progress: Progress
    ) {
        self.cache = cache
        self.connection = connection
        self.layout = layout
        self.plain = plain
        self.progress = progress
    }

    func upload(_ name: ObjectName) throws {
        guard let encoding = try cache.soundEncoding(of: name) else {
            return try plain.upload(name)
        }
        try connection.write(EncodedContent(encoding), to: layout.path(of: name))
        progress.advance(bytes: encoding.contentSize, items: 1)
    }

    func download(_ name: ObjectName, scratch: ObjectScratch) throws {
        let path = layout.path(of: name)
        guard let content = try connection.open(path, from: 0) else {
            return try plain.download(name, scratch: scratch)
        }
        let decoding = try StreamedDecoding(content.read(into:))
        do {
            try cache.insert(expecting: name, scratch: scratch, from: decoding.read(into:))
        } catch is DamagedFrames {
            throw StorageError(.refused("the object is damaged"), at: path.string)
        }
        progress.advance(items: 1)
    }
}

/// The file of an encoded object on its way out.
private final class EncodedContent: OutgoingContent {
    let md5: Digest? = nil
    private let encoding: SoundEncoding
    private var position: Int64 = 0

    init(_ encoding: SoundEncoding) { self.encoding = encoding }

    var size: Int64 { encoding.size }

    func rewind() { position = 0 }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try encoding.read(into: buffer, at: position)
        position += Int64(count)
        return count
    }
}
