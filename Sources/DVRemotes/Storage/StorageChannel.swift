import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// Moves objects over one connection; contents are streams in both directions, whatever their size.
final class StorageChannel: RemoteChannel {
    private let cache: ObjectStore
    private let connection: any StorageConnection
    private let layout: StorageLayout
    private let progress: Progress

    init(
        _ cache: ObjectStore,
        _ connection: any StorageConnection,
        _ layout: StorageLayout,
        _ progress: Progress
    ) {
        self.cache = cache
        self.connection = connection
        self.layout = layout
        self.progress = progress
    }

    func upload(_ name: ObjectName) throws {
        let content = try ObjectContent(name, in: cache, md5: layout.md5(of: name), progress)
        try connection.write(content, to: layout.path(of: name))
        progress.advance(items: 1)
    }

    func download(_ name: ObjectName, scratch: ObjectScratch) throws {
        try cache.fetch(name, scratch: scratch) { try content(of: name, from: $0) }
        progress.advance(items: 1)
    }

    private func content(of name: ObjectName, from offset: Int64) throws -> ArrivingContent {
        do {
            guard let content = try connection.open(layout.path(of: name), from: offset) else {
                throw ObjectError.missing(name)
            }
            return ArrivingContent(size: content.size, read: content.read(into:))
        } catch let error as StorageError where offset > 0 {
            if case .refused = error.reason { throw ResumptionRefused() }
            throw error
        }
    }
}

/// An object of a cache on its way out: decoded as it goes, and verified before its last byte is given.
final class ObjectContent: OutgoingContent {
    let md5: Digest?
    let size: Int64
    private let name: ObjectName
    private let cache: ObjectStore
    private let progress: Progress
    private var reader: ObjectReader
    private var isUsed = false
    private var position: Int64 = 0
    /// What progress knows of; an attempt that is made again is not counted twice.
    private var counted: Int64 = 0

    init(_ name: ObjectName, in cache: ObjectStore, md5: Digest?, _ progress: Progress) throws {
        self.name = name
        self.cache = cache
        self.md5 = md5
        self.progress = progress
        reader = try cache.reader(for: name)
        size = reader.size
    }

    func rewind() throws {
        // The first attempt uses the reader that told the size.
        if isUsed { reader = try cache.reader(for: name) }
        isUsed = true
        position = 0
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try reader.read(into: buffer)
        position += Int64(count)
        if position > counted {
            progress.advance(bytes: position - counted)
            counted = position
        }
        return count
    }
}
