import DVFormats
import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// A remote that keeps files under their own paths and the versions they had: DVC's `version_aware` and `worktree`.
///
/// It holds no objects by their digest: what the records of outputs say of versions tells where an object is.
package struct VersionedRemote: Remote {
    /// A version of a file that has the content of an object.
    package struct Place: Sendable {
        let path: RelativePath
        let version: String

        package init(path: RelativePath, version: String) {
            self.path = path
            self.version = version
        }
    }

    /// As settings call it, and records too.
    package let name: String
    let storage: any Storage
    /// Several where files have the same content.
    private let places: [ObjectName: [Place]]
    /// Those that the records of directories give.
    private let listings: [ObjectName: DirectoryListing]
    package let parallelism: Int?

    package init(
        _ storage: any Storage,
        name: String,
        places: [ObjectName: [Place]],
        listings: [ObjectName: DirectoryListing],
        parallelism: Int? = nil
    ) {
        self.storage = storage
        self.name = name
        self.places = places
        self.listings = listings
        self.parallelism = parallelism ?? storage.parallelism
    }

    package var location: String { storage.location }

    /// Those whose recorded version is not there, and those that no version is recorded of.
    ///
    /// A listing is there if all of its files are.
    package func missing(among names: [ObjectName], jobs: Int) throws -> [ObjectName] {
        let wanted = Set(names)
        let members = wanted.flatMap { listings[$0].map(Self.names) ?? [] }
        let files = wanted.union(members).filter { !$0.isListing }.sorted()
        let absent = Set(try absent(files, jobs: jobs))
        return wanted.filter { name in
            guard name.isListing else { return absent.contains(name) }
            return listings[name].map { Self.names(of: $0).contains(where: absent.contains) }
                ?? true
        }
        .sorted()
    }

    private static func names(of listing: DirectoryListing) -> [ObjectName] {
        listing.indices.map { ObjectName(listing.digest(at: $0)) }
    }

    private func absent(_ names: [ObjectName], jobs: Int) throws -> [ObjectName] {
        try WorkerPool(jobs: jobs).map(
            count: names.count,
            batchSize: 8,
            worker: { try storage.connect() },
            body: { connection, range in
                try names[range].filter { name in
                    try Interruption.check()
                    return try places(of: name).allSatisfy {
                        try connection.status(of: $0.path, version: $0.version) == nil
                    }
                }
            }
        )
        .flatMap(\.self)
    }

    package func makeChannel(
        to cache: ObjectStore,
        progress: Progress
    ) throws -> any RemoteChannel {
        VersionedChannel(self, cache, try storage.connect(), progress)
    }

    /// For sending files.
    package func makePublisher(from cache: ObjectStore, progress: Progress) throws
        -> VersionedChannel
    {
        VersionedChannel(self, cache, try storage.connect(), progress)
    }

    /// The newest versions of the files at and below a path.
    package func currentFiles(at path: RelativePath) throws -> [RelativePath: StoredFile] {
        var files: [RelativePath: StoredFile] = [:]
        try storage.connect().forEachFile(in: path) { files[$0.path] = $0 }
        return files
    }

    /// A file or folder, to be asked for its versions.
    package func place(of path: RelativePath) -> StoragePlace {
        var place = StoragePlace(storage, path, markKind: .etag)
        place.isVersioned = true
        return place
    }

    fileprivate func places(of name: ObjectName) -> [Place] { places[name] ?? [] }

    fileprivate func listing(_ name: ObjectName) -> DirectoryListing? { listings[name] }
}

/// What needs objects under their digests.
extension VersionedRemote {
    private func unsupported(_ what: String) -> StorageError {
        StorageError(
            .unsupported("\(what) is unsupported for cloud versioned remotes"),
            at: location
        )
    }

    package func verify(
        _ names: [ObjectName]?,
        isQuick: Bool,
        jobs: Int,
        progress: Progress?
    ) throws -> VerifyFindings { throw unsupported("'verify'") }

    package func quarantine(_ name: ObjectName) throws { throw unsupported("'verify'") }

    package func unused(besides used: SortedNames, jobs: Int) throws -> [UnusedObject] {
        throw unsupported("'gc -c'")
    }

    package func remove(
        _ objects: [UnusedObject],
        unlessNewerThan moment: Int64,
        jobs: Int
    ) throws -> [UnusedObject] { throw unsupported("'gc -c'") }

    package func makeReceiver(progress: Progress) throws -> any RemoteReceiver {
        throw unsupported("'--to-remote'")
    }

    package func files(in folder: RelativePath) throws -> [RelativePath] {
        throw unsupported("the run cache")
    }

    package func read(_ file: RelativePath) throws -> [UInt8]? {
        throw unsupported("the run cache")
    }

    package func write(_ bytes: [UInt8], to file: RelativePath) throws {
        throw unsupported("the run cache")
    }
}

/// Moves contents between a cache and versions of files, on one thread.
package final class VersionedChannel: RemoteChannel {
    private let remote: VersionedRemote
    private let cache: ObjectStore
    private let connection: any StorageConnection
    private let progress: Progress

    fileprivate init(
        _ remote: VersionedRemote,
        _ cache: ObjectStore,
        _ connection: any StorageConnection,
        _ progress: Progress
    ) {
        self.remote = remote
        self.cache = cache
        self.connection = connection
        self.progress = progress
    }

    /// Objects have no place of their own here: see `publish`.
    package func upload(_ name: ObjectName) throws {
        throw StorageError(.unsupported("objects have no path of their own"), at: remote.location)
    }

    package func download(_ name: ObjectName, scratch: ObjectScratch) throws {
        if let listing = remote.listing(name) {
            _ = try cache.insert(bytes: listing.serialized(), isListing: true, scratch: scratch)
        } else {
            let content = try open(name)
            try cache.insert(expecting: name, scratch: scratch, from: content.read(into:))
        }
        progress.advance(items: 1)
    }

    private func open(_ name: ObjectName) throws -> any IncomingContent {
        for place in remote.places(of: name) {
            if let content = try connection.open(place.path, version: place.version, from: 0) {
                return content
            }
        }
        throw ObjectError.missing(name)
    }

    /// Makes sure that a version of the file at `path` has the content of `name`, and tells which.
    ///
    /// `known` is what a record says of this very content, `current` the newest version there. Nothing is sent that is there.
    package func publish(
        _ name: ObjectName,
        at path: RelativePath,
        known: CloudVersion?,
        current: StoredFile?
    ) throws -> (version: CloudVersion, isSent: Bool) {
        if let known, let id = known.id, known.remote == remote.name {
            if let etag = known.etag, etag == current?.tag { return (known, false) }
            if try connection.status(of: path, version: id) != nil { return (known, false) }
        }
        // The tag of a file that was sent in one piece is its MD5.
        if current?.tag == name.digest.hex,
            let found = try connection.status(of: path).flatMap(version),
            found.etag == name.digest.hex
        {
            return (found, false)
        }
        let content = try ObjectContent(name, in: cache, md5: name.digest, progress)
        try connection.write(content, to: path)
        progress.advance(items: 1)
        guard let file = try connection.status(of: path), let sent = version(of: file) else {
            throw StorageError(
                .misconfigured("no versions are kept here: turn on versioning for the bucket"),
                at: remote.location
            )
        }
        guard file.size == content.size else {
            throw StorageError(
                .interrupted("somebody else has sent another version meanwhile"),
                at: "\(remote.location)/\(path)"
            )
        }
        return (sent, true)
    }

    private func version(of file: StoredFile) -> CloudVersion? {
        file.version.map { CloudVersion(remote: remote.name, etag: file.tag, id: $0) }
    }
}
