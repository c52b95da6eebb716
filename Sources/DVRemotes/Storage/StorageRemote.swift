import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// A remote in a storage, in DVC's own layout: plain objects in 256 folders.
package struct StorageRemote: Remote {
    let storage: any Storage
    let layout: StorageLayout

    package let parallelism: Int?

    /// `parallelism` nil means what suits the storage, `encoding` nil plain objects.
    package init(
        _ storage: any Storage,
        scheme: HashScheme,
        encoding: Encoding? = nil,
        parallelism: Int? = nil
    ) {
        self.storage = storage
        self.parallelism = parallelism ?? storage.parallelism
        layout = StorageLayout(scheme: scheme, encoding: encoding)
    }

    package var location: String { storage.location }
    package var isTrustingListings: Bool { true }

    package func missing(among names: [ObjectName], jobs: Int) throws -> [ObjectName] {
        try PresenceSurvey(storage, layout, jobs: jobs).missing(among: names)
    }

    package func files(in folder: RelativePath) throws -> [RelativePath] {
        var files: [RelativePath] = []
        try storage.connect().forEachFile(in: folder) { files.append($0.path) }
        return files.sorted()
    }

    package func read(_ file: RelativePath) throws -> [UInt8]? { try connect().read(file) }

    package func write(_ bytes: [UInt8], to file: RelativePath) throws {
        try connect().write(bytes, to: file)
    }

    package func connect() throws -> any RemoteFiles { StorageFiles(try storage.connect()) }

    package func makeChannel(
        to cache: ObjectStore,
        progress: Progress
    ) throws -> any RemoteChannel {
        StorageChannel(cache, try storage.connect(), layout, progress)
    }

    package func makeReceiver(progress: Progress) throws -> any RemoteReceiver {
        try StorageReceiver(storage, layout, progress)
    }
}

/// Small files over one connection.
private struct StorageFiles: RemoteFiles {
    private let connection: any StorageConnection

    init(_ connection: any StorageConnection) { self.connection = connection }

    func read(_ file: RelativePath) throws -> [UInt8]? {
        try connection.open(file, from: 0)?.bytes()
    }

    func write(_ bytes: [UInt8], to file: RelativePath) throws {
        try connection.write(BytesContent(bytes), to: file)
    }
}

/// Where objects lie in a storage.
struct StorageLayout: Sendable {
    let scheme: HashScheme
    /// Nil for plain objects.
    var encoding: Encoding?

    /// The folder of the 256 folders.
    var root: RelativePath {
        switch encoding {
        case nil: scheme == .md5 ? RelativePath.empty.appending("files/md5") : .empty
        case .zstd: RelativePath.empty.appending("dvswift/md5-zstd")
        case .zlib: RelativePath.empty.appending("dvswift/md5-zlib")
        }
    }

    /// Behind the names of files.
    private var suffix: String { encoding.map { "\($0.suffix)" } ?? "" }

    func path(of name: ObjectName) -> RelativePath {
        let text = name.text + suffix
        return root.appending("\(text.prefix(2))/\(text.dropFirst(2))")
    }

    func folder(_ index: Int) -> RelativePath {
        let hex = String(index, radix: 16)
        return root.appending(index < 16 ? "0" + hex : hex)
    }

    /// Nil for files that are no objects.
    func name(of file: RelativePath) -> ObjectName? {
        let folder = file.parent
        guard folder.parent == root, folder.name.utf8.count == 2 else { return nil }
        guard file.name.hasSuffix(suffix) else { return nil }
        return ObjectName(folder.name + file.name.dropLast(suffix.utf8.count))
    }

    /// The MD5 of a content named by its digest, which servers can check.
    func md5(of name: ObjectName) -> Digest? {
        scheme == .md5 && encoding == nil ? name.digest : nil
    }
}

extension StorageConnection {
    /// Every file in `folder` and below, in the storage's order.
    func forEachFile(
        in folder: RelativePath,
        withVersions: Bool = false,
        _ body: (StoredFile) throws -> Void
    ) throws {
        var token: String?
        repeat {
            try Interruption.check()
            let page =
                withVersions
                ? try versionPage(of: folder, after: token)
                : try page(of: folder, isRecursive: true, after: token)
            try page.files.forEach(body)
            token = page.next
        } while token != nil
    }
}

extension IncomingContent {
    /// All of it, for small files.
    package func bytes() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}

/// Content that is in memory.
final class BytesContent: OutgoingContent {
    private let bytes: [UInt8]
    private var position = 0
    let md5: Digest?

    init(_ bytes: [UInt8], md5: Digest? = nil) {
        self.bytes = bytes
        self.md5 = md5 ?? Digest(of: bytes)
    }

    var size: Int64 { Int64(bytes.count) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let part = bytes[position...].prefix(buffer.count)
        part.withUnsafeBytes { buffer.copyMemory(from: $0) }
        position += part.count
        return part.count
    }

    func rewind() { position = 0 }
}
