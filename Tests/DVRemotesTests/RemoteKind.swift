import DVHashing
import DVObjects
import DVReporting
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// Every kind of remote; each passes the conformance suite.
enum RemoteKind: String, CaseIterable, Sendable {
    case plainDirectory, encodedDirectory, memory
    /// Ceph's gateway, which checks what it is sent; rclone's, which does less; nginx; OpenSSH.
    case s3, s3OfRclone, webDAV, http, sftp
    /// A folder, by way of rclone.
    case rclone
    /// Servers that keep what caches have encoded.
    case encodedS3, encodedHTTP

    var isEncodedStorage: Bool { self == .encodedS3 || self == .encodedHTTP }

    /// Plain HTTP servers cannot tell what a folder holds.
    static let listable = allCases.filter { $0 != .http && $0 != .encodedHTTP }

    /// A folder of its own on the server of this test process; nil for those that need no server.
    func makeStorage() throws -> (any Storage)? {
        let folder = "remote \(UInt64.random(in: 0...UInt64.max))"
        return switch self {
        case .plainDirectory, .encodedDirectory, .memory: nil
        case .s3, .encodedS3: try S3Storage(on: CephGateway.shared.get().account, prefix: folder)
        case .s3OfRclone: try S3Storage(on: RcloneServer.shared.get().account, prefix: folder)
        case .sftp: try SFTPStorage(on: SSHServer.shared.get(), folder)
        case .rclone: try RcloneStorage(serving: folder)
        case .webDAV: WebDAVStorage(try Self.address(folder), try Self.login())
        case .http, .encodedHTTP:
            HTTPStorage(try Self.address(folder), try Self.login(), uploadMethod: "PUT")
        }
    }

    private static func address(_ folder: String) throws -> String {
        try WebDAVServer.shared.get().url + "/" + PercentEncoding.encode(folder)
    }

    private static func login() throws -> HTTPOptions {
        let server = try WebDAVServer.shared.get()
        var options = HTTPOptions()
        options.authentication = .basic(user: server.user, password: server.password)
        return options
    }
}

extension SFTPStorage {
    convenience init(on server: SSHServer, _ folder: String) {
        self.init(
            ["/bin/sh", "-c", "exec \(server.command) -s -- test sftp"],
            environment: ["PATH=/usr/bin:/bin"],
            root: "\(server.root)/\(folder)",
            location: "ssh://test/\(folder)"
        )
    }
}

extension RcloneStorage {
    /// Below the folder of the SSH server, which ends with this process.
    convenience init(serving folder: String) throws {
        let root = try SSHServer.shared.get().root.appending("rclone \(folder)")
        let tools = try #require(AbsolutePath(Tool.rclone.program)).parent
        self.init(
            RcloneRemote(named: ":local:\(root)"),
            environment: ["PATH": "\(tools):/usr/bin:/bin", "RCLONE_CONFIG": "/dev/null"],
            location: "rclone:\(folder)"
        )
    }
}

extension S3Storage {
    /// A bucket of its own.
    init(on account: S3Account, prefix: String = "") throws {
        self.init(S3Options(on: account, bucket: try account.makeBucket(), prefix: prefix))
    }
}

extension S3Options {
    init(on account: S3Account, bucket: String, prefix: String = "") {
        self.init(bucket: bucket, prefix: prefix)
        endpoint = account.endpoint
        region = account.region
        credentials = S3Credentials(keyID: account.accessKey, secret: account.secretKey)
    }
}

/// A cache, a remote of some kind, and content to move between them.
struct RemoteFixture {
    let directory: TemporaryDirectory
    let cache: ObjectStore
    private let kind: RemoteKind
    private let memory = MemoryRemote()
    private let storage: (any Storage)?

    init(_ kind: RemoteKind) throws {
        self.kind = kind
        storage = try kind.makeStorage().map { RetryingStorage($0) }
        directory = try TemporaryDirectory()
        cache = Self.store(at: directory.appending("cache"))
    }

    /// The remote, opened anew each time, as another process would.
    var remote: any Remote {
        if let storage {
            return kind.isEncodedStorage
                ? EncodedRemote(storage) : StorageRemote(storage, scheme: .md5)
        }
        if kind == .memory { return memory }
        let layout: DirectoryRemote.Layout = kind == .encodedDirectory ? .encoded : .plain
        return DirectoryRemote(at: folder, scheme: .md5, layout: layout)
    }

    /// Where a directory remote keeps its objects.
    var folder: AbsolutePath { directory.appending("shared/remote") }

    /// An empty cache beside the first one, as a colleague has it.
    func otherCache() -> ObjectStore { Self.store(at: directory.appending("other")) }

    func channel(
        to cache: ObjectStore? = nil,
        progress: Progress = Progress("Moving")
    ) throws -> any RemoteChannel {
        try remote.makeChannel(to: cache ?? self.cache, progress: progress)
    }

    /// Puts content into the cache.
    func insert(_ content: [UInt8], isListing: Bool = false) throws -> ObjectName {
        try cache.insert(bytes: content, isListing: isListing, scratch: cache.makeScratch())
    }

    /// Puts small objects into the cache; sorted.
    func insertMany(_ count: Int) throws -> [ObjectName] {
        try (0..<count).map { try insert(Array("object \($0)".utf8)) }.sorted()
    }

    /// Changes what the remote keeps of an object, behind its back.
    func damage(_ name: ObjectName, _ change: (inout [UInt8]) -> Void) throws {
        if kind == .memory {
            var bytes = memory[name] ?? []
            change(&bytes)
            memory[name] = bytes
            return
        }
        if let storage {
            let connection = try storage.connect()
            var path = StorageLayout(scheme: .md5).path(of: name)
            let encoded = StorageLayout(scheme: .md5, encoding: .zstd).path(of: name)
            if try connection.status(of: encoded) != nil { path = encoded }
            var bytes = try connection.open(path, from: 0)?.bytes() ?? []
            change(&bytes)
            return try connection.write(BytesContent(bytes), to: path)
        }
        let digits = name.text.prefix(2) + "/" + name.text.dropFirst(2)
        for file in try folder.files() where file.contains(digits) {
            try folder.appending(file).changeContents(change)
        }
    }

    private static func store(at root: AbsolutePath) -> ObjectStore {
        var settings = StoreSettings()
        settings.compression = .auto
        return ObjectStore(at: root, settings: settings)
    }
}

extension AbsolutePath {
    /// The relative paths of all files below, sorted.
    func files() throws -> [String] {
        try TreeSnapshot(of: self).paths.filter {
            try FileStatus.ifPresent(appending($0))?.isRegular == true
        }
    }

    func changeContents(_ change: (inout [UInt8]) -> Void) throws {
        var bytes = try readBytes()
        change(&bytes)
        try replaceContents(with: bytes)
    }
}

/// Content of the sizes at which stores change their ways.
enum Sample: String, CaseIterable, Sendable {
    case empty, oneByte, shortText, oneFrame, longText, longNoise

    static let damageable: [Sample] = [.oneByte, .shortText, .longText, .longNoise]

    /// Made once: tests are built without optimisation.
    var content: [UInt8] { Self.contents[self] ?? [] }

    private static let contents: [Sample: [UInt8]] = [
        .empty: [],
        .oneByte: [7],
        .shortText: text(100_000),
        .oneFrame: text(1 << 20),
        .longText: text(3 << 20 | 5),
        .longNoise: noise(1_500_000),
    ]

    private static func text(_ count: Int) -> [UInt8] {
        var bytes = Array("2026-11-24,Oslo,12.5,sunny\n".utf8)
        while bytes.count < count { bytes += bytes }
        return Array(bytes.prefix(count))
    }

    private static func noise(_ count: Int) -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        let words = (0...count / 8).map { _ in random.next() }
        return words.withUnsafeBytes { Array($0.prefix(count)) }
    }
}
