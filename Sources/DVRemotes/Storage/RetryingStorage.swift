import DVHashing
import DVSystem
import Glibc

/// When to try again what failed for a passing reason: soon at first, then ever later, each time a little different.
package struct RetryPolicy: Sendable {
    /// How often in all.
    package var attempts = 6
    /// Seconds before the second attempt; doubled for each one after it.
    package var firstDelay = 0.2
    /// Seconds.
    package var longestDelay = 20.0

    package init() {}

    /// Runs `body` until it succeeds or fails for good; `body` gets the number of the attempt, from 0.
    func run<Result>(_ body: (Int) throws -> Result) throws -> Result {
        var attempt = 0
        while true {
            do {
                return try body(attempt)
            } catch let error as StorageError where error.isTransient && attempt + 1 < attempts {
                try wait(after: error, attempt: attempt)
                attempt += 1
            }
        }
    }

    func wait(after error: StorageError, attempt: Int) throws(Interrupted) {
        var seconds = min(longestDelay, firstDelay * Double(1 << min(attempt, 16)))
        if case .busy(_, let asked?) = error.reason {
            seconds = max(seconds, min(60, Double(asked)))
        }
        // Many workers that failed together do not come back together.
        seconds *= Double.random(in: 0.75...1.25)
        while seconds > 0 {
            try Interruption.check()
            usleep(UInt32(min(seconds, 0.1) * 1_000_000))
            seconds -= 0.1
        }
    }
}

/// A storage whose passing failures are not seen: requests are made again, and contents go on where they broke off.
///
/// Connections that are given up serve the next ones who ask.
package struct RetryingStorage: Storage {
    private let storage: any Storage
    private let policy: RetryPolicy
    private let idle = IdleConnections()

    package init(_ storage: any Storage, policy: RetryPolicy = RetryPolicy()) {
        self.storage = storage
        self.policy = policy
    }

    package var location: String { storage.location }
    package var canList: Bool { storage.canList }
    package var parallelism: Int { storage.parallelism }

    package func connect() throws -> any StorageConnection {
        RetryingConnection(try idle.take() ?? storage.connect(), policy, idle)
    }
}

private final class RetryingConnection: StorageConnection {
    private let connection: any StorageConnection
    private let policy: RetryPolicy
    private let idle: IdleConnections

    init(_ connection: any StorageConnection, _ policy: RetryPolicy, _ idle: IdleConnections) {
        self.connection = connection
        self.policy = policy
        self.idle = idle
    }

    deinit { idle.put(connection) }

    func status(of file: RelativePath) throws -> StoredFile? {
        try policy.run { _ in try connection.status(of: file) }
    }

    func page(
        of folder: RelativePath,
        isRecursive: Bool,
        after token: String?
    ) throws -> ListingPage {
        try policy.run { _ in
            try connection.page(of: folder, isRecursive: isRecursive, after: token)
        }
    }

    func open(_ file: RelativePath, from offset: Int64) throws -> (any IncomingContent)? {
        try open(file, version: nil, from: offset)
    }

    func open(
        _ file: RelativePath,
        version: String?,
        from offset: Int64
    ) throws -> (any IncomingContent)? {
        let content = try policy.run { _ in
            try connection.open(file, version: version, from: offset)
        }
        guard let content else { return nil }
        return ResumingContent(content, from: offset, policy, owner: self) { [connection] in
            try connection.open(file, version: version, from: $0)
        }
    }

    func status(of file: RelativePath, version: String?) throws -> StoredFile? {
        try policy.run { _ in try connection.status(of: file, version: version) }
    }

    func versionPage(of folder: RelativePath, after token: String?) throws -> ListingPage {
        try policy.run { _ in try connection.versionPage(of: folder, after: token) }
    }

    func write(_ content: any OutgoingContent, to file: RelativePath) throws {
        try policy.run { _ in try connection.write(content, to: file) }
    }

    func remove(_ files: [RelativePath]) throws {
        try policy.run { _ in try connection.remove(files) }
    }

    func move(_ file: RelativePath, to target: RelativePath) throws {
        try policy.run { attempt in
            do {
                try connection.move(file, to: target)
            } catch let error as StorageError where attempt > 0 && !error.isTransient {
                // The attempt before may have moved it and lost the answer.
                guard try connection.status(of: file) == nil,
                    try connection.status(of: target) != nil
                else { throw error }
            }
        }
    }
}

/// Goes on with a new request where the one before broke off, as long as the file stays the same.
private final class ResumingContent: IncomingContent {
    let size: Int64?
    let tag: String?
    private let open: (_ offset: Int64) throws -> (any IncomingContent)?
    private let policy: RetryPolicy
    private var content: any IncomingContent
    private var position: Int64
    private var failures = 0
    /// Gives the connection away when it is not used any more.
    private let owner: any StorageConnection

    init(
        _ content: any IncomingContent,
        from offset: Int64,
        _ policy: RetryPolicy,
        owner: any StorageConnection,
        open: @escaping (_ offset: Int64) throws -> (any IncomingContent)?
    ) {
        self.owner = owner
        self.content = content
        self.open = open
        self.policy = policy
        position = offset
        size = content.size
        tag = content.tag
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            do {
                let count = try content.read(into: buffer)
                position += Int64(count)
                if count > 0 { failures = 0 }
                return count
            } catch let error as StorageError where error.isTransient {
                try resume(after: error)
            }
        }
    }

    private func resume(after error: StorageError) throws {
        failures += 1
        guard failures < policy.attempts else { throw error }
        try policy.wait(after: error, attempt: failures - 1)
        do {
            guard let next = try open(position), next.tag == tag else {
                throw StorageError(
                    .refused("the file changed while it was read"),
                    at: error.address
                )
            }
            content = next
        } catch let error as StorageError where error.isTransient {
            try resume(after: error)
        }
    }
}
