import DVHashing
import DVSystem
import Glibc
import Synchronization

/// How many bytes a second may pass, shared by all transfers.
package final class Bandwidth: Sendable {
    private let bytesPerSecond: Double
    /// When the bytes that have passed will have had their time.
    private let paidUntil = Mutex(ContinuousClock.now)

    package init(bytesPerSecond: Int64) { self.bytesPerSecond = Double(max(1, bytesPerSecond)) }

    /// Waits until `count` more bytes may pass.
    func pass(_ count: Int) throws(Interrupted) {
        let cost = Duration.seconds(Double(count) / bytesPerSecond)
        let start = paidUntil.withLock { moment in
            // Time that nobody used is not saved up.
            let start = max(moment, ContinuousClock.now)
            moment = start + cost
            return start
        }
        while ContinuousClock.now < start {
            try Interruption.check()
            let rest = start - ContinuousClock.now
            let microseconds = rest.components.attoseconds / 1_000_000_000_000
            usleep(
                rest.components.seconds > 0 ? 100_000 : UInt32(max(1, min(100_000, microseconds)))
            )
        }
    }
}

/// A storage whose contents pass no faster than a limit.
package struct ThrottledStorage: Storage {
    private let storage: any Storage
    private let bandwidth: Bandwidth

    package init(_ storage: any Storage, _ bandwidth: Bandwidth) {
        self.storage = storage
        self.bandwidth = bandwidth
    }

    package var location: String { storage.location }
    package var canList: Bool { storage.canList }
    package var parallelism: Int { storage.parallelism }

    package func connect() throws -> any StorageConnection {
        ThrottledConnection(try storage.connect(), bandwidth)
    }
}

private final class ThrottledConnection: StorageConnection {
    private let connection: any StorageConnection
    private let bandwidth: Bandwidth

    init(_ connection: any StorageConnection, _ bandwidth: Bandwidth) {
        self.connection = connection
        self.bandwidth = bandwidth
    }

    func status(of file: RelativePath) throws -> StoredFile? { try connection.status(of: file) }

    func page(
        of folder: RelativePath,
        isRecursive: Bool,
        after token: String?
    ) throws -> ListingPage {
        try connection.page(of: folder, isRecursive: isRecursive, after: token)
    }

    func open(_ file: RelativePath, from offset: Int64) throws -> (any IncomingContent)? {
        try open(file, version: nil, from: offset)
    }

    func open(
        _ file: RelativePath,
        version: String?,
        from offset: Int64
    ) throws -> (any IncomingContent)? {
        try connection.open(file, version: version, from: offset)
            .map { ThrottledIncoming($0, bandwidth) }
    }

    func status(of file: RelativePath, version: String?) throws -> StoredFile? {
        try connection.status(of: file, version: version)
    }

    func versionPage(of folder: RelativePath, after token: String?) throws -> ListingPage {
        try connection.versionPage(of: folder, after: token)
    }

    func write(_ content: any OutgoingContent, to file: RelativePath) throws {
        try connection.write(ThrottledOutgoing(content, bandwidth), to: file)
    }

    func remove(_ files: [RelativePath]) throws { try connection.remove(files) }

    func move(_ file: RelativePath, to target: RelativePath) throws {
        try connection.move(file, to: target)
    }
}

private final class ThrottledIncoming: IncomingContent {
    private let content: any IncomingContent
    private let bandwidth: Bandwidth

    init(_ content: any IncomingContent, _ bandwidth: Bandwidth) {
        self.content = content
        self.bandwidth = bandwidth
    }

    var size: Int64? { content.size }
    var tag: String? { content.tag }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try content.read(into: buffer)
        try bandwidth.pass(count)
        return count
    }
}

private final class ThrottledOutgoing: OutgoingContent {
    private let content: any OutgoingContent
    private let bandwidth: Bandwidth

    init(_ content: any OutgoingContent, _ bandwidth: Bandwidth) {
        self.content = content
        self.bandwidth = bandwidth
    }

    var size: Int64 { content.size }
    var md5: Digest? { content.md5 }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        // Small steps, so that a slow line is not idle in between.
        let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, 64 << 10)])
        let count = try content.read(into: part)
        try bandwidth.pass(count)
        return count
    }

    func rewind() throws { try content.rewind() }
}
