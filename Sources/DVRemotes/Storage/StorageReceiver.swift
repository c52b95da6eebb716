import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// Passes contents from one storage to another under the names that they turn out to have; nothing is kept on this machine.
///
/// A small content is in memory when it gets its name. A large one is sent under a temporary name and then renamed, or read a
/// second time where the storage cannot rename.
final class StorageReceiver: RemoteReceiver {
    /// Contents below this size are small.
    static let smallSize = 4 << 20
    /// Copies of more than 5 GiB in one request are refused by S3, where a copy is how objects are renamed.
    private static let largestMove: Int64 = 5 << 30

    private let storage: any Storage
    private let connection: any StorageConnection
    private let layout: StorageLayout
    private let progress: Progress
    private var buffer = [UInt8](repeating: 0, count: StorageReceiver.smallSize)

    init(_ storage: any Storage, _ layout: StorageLayout, _ progress: Progress) throws {
        self.storage = storage
        self.layout = layout
        self.progress = progress
        connection = try storage.connect()
    }

    func take(_ bytes: [UInt8], as name: ObjectName) throws {
        try connection.write(
            BytesContent(bytes, md5: layout.md5(of: name)),
            to: layout.path(of: name)
        )
    }

    func take(_ open: @escaping () throws -> any IncomingContent) throws -> ReceivedObject {
        let content = try open()
        let count = try buffer.withUnsafeMutableBytes { buffer in
            try ObjectStore.fill(buffer) { try content.read(into: $0) }
        }
        guard count == buffer.count else {
            let bytes = Array(buffer[..<count])
            let name = ObjectName(Digest(of: bytes, scheme: layout.scheme))
            try take(bytes, as: name)
            progress.advance(bytes: Int64(count))
            return ReceivedObject(name: name, size: Int64(count))
        }
        let passing = PassingContent(layout.scheme, progress, began: (content, buffer), open)
        guard storage.canList, let size = content.size, size < Self.largestMove else {
            return try takeTwice(passing)
        }
        passing.size = size
        return try takeMoving(passing)
    }

    /// Under a temporary name until it is complete.
    private func takeMoving(_ content: PassingContent) throws -> ReceivedObject {
        let draft = layout.root.appending(TemporaryFile.uniqueName())
        do {
            try connection.write(content, to: draft)
            let name = ObjectName(content.digest())
            let target = layout.path(of: name)
            guard content.position == content.size,
                try connection.status(of: draft)?.size ?? content.size == content.size
            else { throw incomplete(target) }
            if try connection.status(of: target)?.size == content.size {
                try connection.remove([draft])
            } else {
                try connection.move(draft, to: target)
            }
            return ReceivedObject(name: name, size: content.size)
        } catch {
            // What cannot be removed now is not an object and harms nobody.
            try? connection.remove([draft])
            throw error
        }
    }

    /// Read for its name and size, then sent; the second reading must give the same.
    private func takeTwice(_ content: PassingContent) throws -> ReceivedObject {
        try content.readAll()
        let name = ObjectName(content.digest())
        let target = layout.path(of: name)
        content.size = content.position
        content.expected = name
        if try connection.status(of: target)?.size != content.size {
            try connection.write(content, to: target)
        }
        return ReceivedObject(name: name, size: content.size)
    }

    private func incomplete(_ file: RelativePath) -> StorageError {
        StorageError(
            .interrupted("what was sent did not arrive complete"),
            at: "\(storage.location)/\(file)"
        )
    }
}

/// A content that is hashed while it passes.
private final class PassingContent: OutgoingContent {
    var size: Int64 = 0
    /// If set, a content with another digest is refused before its last byte is given.
    var expected: ObjectName?
    private(set) var position: Int64 = 0
    private let scheme: HashScheme
    private let progress: Progress
    private let open: () throws -> any IncomingContent
    private var content: any IncomingContent
    /// What was read of `content` before.
    private var held: ArraySlice<UInt8>
    private var hasher: StreamingHasher
    private var isBegun = false
    private var counted: Int64 = 0

    init(
        _ scheme: HashScheme,
        _ progress: Progress,
        began: (content: any IncomingContent, bytes: [UInt8]),
        _ open: @escaping () throws -> any IncomingContent
    ) {
        self.scheme = scheme
        self.progress = progress
        self.open = open
        content = began.content
        held = began.bytes[...]
        hasher = StreamingHasher(scheme: scheme)
    }

    var md5: Digest? { scheme == .md5 ? expected?.digest : nil }

    func rewind() throws {
        guard isBegun else { return }
        held = []
        position = 0
        hasher = StreamingHasher(scheme: scheme)
        content = try open()
        isBegun = false
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        isBegun = true
        let count = try take(into: buffer)
        let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        hasher.update(piece)
        position += Int64(count)
        if position > counted {
            progress.advance(bytes: position - counted)
            counted = position
        }
        // Once: with the last byte, or where it ends before.
        if let expected, count > 0 ? position == size : position < size {
            let digest = digest()
            guard digest == expected.digest else {
                throw ObjectError.unexpectedContent(expected, actual: digest, size: position)
            }
        }
        return count
    }

    private func take(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard !held.isEmpty else { return try content.read(into: buffer) }
        let part = held.prefix(buffer.count)
        part.withUnsafeBytes { buffer.copyMemory(from: $0) }
        held = held.dropFirst(part.count)
        return part.count
    }

    func readAll() throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while try buffer.withUnsafeMutableBytes({ try read(into: $0) }) > 0 {
            try Interruption.check()
        }
    }

    /// Of all that was read since the start.
    func digest() -> Digest {
        var finished = StreamingHasher(scheme: scheme)
        swap(&finished, &hasher)
        return finished.finish()
    }
}
