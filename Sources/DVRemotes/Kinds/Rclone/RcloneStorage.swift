import DVSystem
import Synchronization

/// Files of any storage that rclone speaks to, through one run of it that lasts as long as it is needed.
final class RcloneStorage: Storage {
    let location: String
    let canList = true
    let parallelism = 16

    private let remote: RcloneRemote
    private let environment: [String: String]
    private let bridge = Mutex<RcloneBridge?>(nil)
    /// What rclone has against writing here, once it was asked.
    private let objection = Mutex<String?>(nil)

    /// `location` is the address that the user knows.
    init(_ remote: RcloneRemote, environment: [String: String], location: String) {
        self.remote = remote
        self.environment = environment.filter { !remote.hidden.contains($0.key) }
            .merging(remote.variables) { $1 }
        self.location = location
    }

    func connect() throws -> any StorageConnection {
        let bridge = try bridge.withLock { bridge in
            if let bridge { return bridge }
            let started = try RcloneBridge(
                to: remote.name,
                environment: environment,
                at: location
            )
            try probe(started)
            bridge = started
            return started
        }
        return try RcloneConnection(bridge, self)
    }

    /// Asks for something, so that wrong settings are told once and in rclone's words; its server keeps them to itself.
    private func probe(_ bridge: RcloneBridge) throws {
        let session = try HTTPSession(bridge.options, for: location)
        var request = HTTPRequest("PROPFIND", bridge.url + "/" + TemporaryFile.uniqueName())
        request.headers = [("Depth", "0")]
        let response = try bridge.naming(location) { try session.send(request) }
        _ = try response.bytes()
        guard response.status != 404, !response.isSuccess else { return }
        let complaint = try RcloneBridge.complaint(about: remote.name, environment: environment)
        throw StorageError(.misconfigured(complaint), at: location)
    }

    /// Why rclone's server, which keeps that to itself, could not write a file; without a reason it may do so next time.
    fileprivate func reasonOfFailedWrite() throws -> StorageError.Reason {
        let objection = try objection.withLock { known in
            if known == nil {
                let separator = remote.name.hasSuffix(":") || remote.name.hasSuffix("/") ? "" : "/"
                known = try RcloneBridge.complaint(
                    aboutWriting: remote.name + separator + TemporaryFile.uniqueName(),
                    environment: environment
                )
            }
            return known
        }
        return objection.map { .misconfigured($0) } ?? .interrupted("rclone could not write it")
    }
}

extension RcloneBridge {
    /// Failures of `body` name what the user knows, not rclone's address.
    fileprivate func naming<Result>(_ location: String, _ body: () throws -> Result) throws
        -> Result
    {
        do {
            return try body()
        } catch let error as StorageError where error.address.hasPrefix(url) {
            throw StorageError(error.reason, at: location + error.address.dropFirst(url.count))
        }
    }
}

/// A connection to rclone, which it keeps running.
private final class RcloneConnection: StorageConnection {
    private let bridge: RcloneBridge
    private let storage: RcloneStorage
    private let connection: any StorageConnection

    init(_ bridge: RcloneBridge, _ storage: RcloneStorage) throws {
        self.bridge = bridge
        self.storage = storage
        connection = try WebDAVStorage(bridge.url, bridge.options).connect()
    }

    private func named<Result>(_ body: () throws -> Result) throws -> Result {
        try bridge.naming(storage.location, body)
    }

    func status(of file: RelativePath) throws -> StoredFile? {
        try named { try connection.status(of: file) }
    }

    func page(
        of folder: RelativePath,
        isRecursive: Bool,
        after token: String?
    ) throws -> ListingPage {
        try named { try connection.page(of: folder, isRecursive: isRecursive, after: token) }
    }

    func open(_ file: RelativePath, from offset: Int64) throws -> (any IncomingContent)? {
        try named { try connection.open(file, from: offset) }
    }

    func write(_ content: any OutgoingContent, to file: RelativePath) throws {
        do {
            try named { try connection.write(content, to: file) }
        } catch let error as StorageError {
            // Whatever went wrong behind it, rclone's server answers that the method is not allowed.
            guard case .unsupported = error.reason else { throw error }
            throw StorageError(try storage.reasonOfFailedWrite(), at: storage.location)
        }
    }

    func remove(_ files: [RelativePath]) throws { try named { try connection.remove(files) } }

    func move(_ file: RelativePath, to target: RelativePath) throws {
        try named { try connection.move(file, to: target) }
    }
}
