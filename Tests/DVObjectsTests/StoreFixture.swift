import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import Glibc

/// A store in a directory of its own, and content to put in it.
struct StoreFixture {
    let directory: TemporaryDirectory
    let store: ObjectStore
    let knownContents: KnownContents

    init(
        _ compression: Compression = .none,
        links: [LinkType] = [.copy],
        isShared: Bool = false,
        in base: String? = nil
    ) throws {
        directory = try TemporaryDirectory(in: base)
        var settings = StoreSettings()
        settings.compression = compression
        settings.linkTypes = links
        settings.isShared = isShared
        knownContents = KnownContents(in: directory.appending("state"))
        store = ObjectStore(
            at: directory.appending("cache"),
            settings: settings,
            knownContents: knownContents
        )
    }

    /// The same cache and what is known of it, as another process opens them.
    func reopened() -> (ObjectStore, KnownContents) {
        let knownContents = KnownContents(in: directory.appending("state"))
        let store = ObjectStore(
            at: store.root,
            settings: store.settings,
            knownContents: knownContents
        )
        return (store, knownContents)
    }

    func insert(_ bytes: [UInt8], _ name: String = "source") throws -> ObjectName {
        let path = try directory.write(bytes, to: name)
        return try store.insert(fileAt: path, scratch: store.makeScratch()).name
    }

    func restore(
        _ name: ObjectName,
        _ file: String = "restored",
        _ options: RestoreOptions = .init()
    )
        throws -> RestoredFile
    {
        try store.restore(
            name,
            to: directory.appending(file),
            options: options,
            scratch: store.makeScratch()
        )
    }

    func content(_ file: String = "restored") throws -> Digest {
        try Digest(of: directory.appending(file).readBytes())
    }

    func stored(_ name: ObjectName) throws -> Digest {
        try Digest(of: store.bytes(of: name))
    }

    /// Where DVC has the object.
    func plainPath(_ name: ObjectName) -> AbsolutePath {
        store.root.appending("files/md5/\(name.text.prefix(2))/\(name.text.dropFirst(2))")
    }

    func encodedPath(_ name: ObjectName, _ suffix: String) -> AbsolutePath {
        let folder = suffix == ".gz" ? "md5-zlib" : "md5-zstd"
        return store.root.appending(
            "dvswift/\(folder)/\(name.text.prefix(2))/\(name.text.dropFirst(2))\(suffix)"
        )
    }

    /// Every file of the cache, and whether each is a good object, judged from outside.
    func cacheFiles() throws -> [AbsolutePath] {
        try Self.files(below: store.root)
    }

    static func files(below path: AbsolutePath) throws -> [AbsolutePath] {
        guard let status = try FileStatus.ifPresent(path) else { return [] }
        guard status.isDirectory else { return [path] }
        return try path.childNames().flatMap { try files(below: path.appending($0.string)) }
    }
}

enum Content {
    static let frame = 1 << 20

    private static let limit = 48 * frame + 1000
    private static let allNoise = bytes(seed: nil)
    private static let allText = bytes(seed: Array("2026-11-24,Oslo,12.5,sunny\n".utf8))

    /// Compresses well.
    static func text(_ count: Int) -> [UInt8] { Array(allText.prefix(count)) }

    /// Does not compress.
    static func noise(_ count: Int) -> [UInt8] { Array(allNoise.prefix(count)) }

    /// Bulk operations only: tests are built without optimisation.
    private static func bytes(seed: [UInt8]?) -> [UInt8] {
        guard var bytes = seed else {
            var bytes = [UInt8](repeating: 0, count: limit)
            for start in stride(from: 0, to: limit, by: 256) {
                bytes.withUnsafeMutableBytes {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: $0[start...])
                    _ = getentropy(rest.baseAddress, min(256, rest.count))
                }
            }
            return bytes
        }
        while bytes.count < limit { bytes += bytes }
        return bytes
    }
}

/// Runs a program and gives its output; nil if it failed.
func output(of command: String) throws -> [UInt8]? {
    guard let stream = popen(command, "r") else { throw SystemError.last("run", command) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&chunk, 1, chunk.count, stream)
        if count == 0 { break }
        bytes.append(contentsOf: chunk[..<count])
    }
    return pclose(stream) == 0 ? bytes : nil
}
