import DVHashing
import DVSystem
import Synchronization

/// The start of a large object whose fetch was killed or gave up, in the form in which the object is stored.
///
/// One file for each object and form, locked by whoever goes on with it: nobody else touches it meanwhile.
final class ObjectPart: @unchecked Sendable {
    // Sendable because all but the flag is used by one step of an insertion at a time.

    /// Objects from this size on are worth it.
    static let smallestObject: Int64 = 16 << 20

    private let store: ObjectStore
    private let name: ObjectName
    private let earlier: SharedFile?
    private let earlierForm: Encoding?
    /// Bytes of the earlier file.
    private let end: Int64
    private var offset: Int64 = 0
    private var decoded: ArraySlice<UInt8> = []
    private let replayed: Atomic<Bool>

    /// Nothing is there yet.
    init(of name: ObjectName, in store: ObjectStore) {
        self.store = store
        self.name = name
        earlier = nil
        earlierForm = nil
        end = 0
        replayed = Atomic(true)
    }

    /// What an earlier fetch left; nil if there is nothing, or another process works with it.
    init?(leftOf name: ObjectName, in store: ObjectStore) throws(SystemError) {
        for form in store.layout.forms {
            let path = store.layout.partPath(of: name, form)
            guard let file = try OpenFile.readingIfPresent(path) else { continue }
            let status = try file.status()
            // Until it was locked, it may have been replaced or removed.
            guard file.lockIfFree(), try FileStatus.ifPresent(path)?.inode == status.inode else {
                continue
            }
            self.store = store
            self.name = name
            earlier = SharedFile(file)
            earlierForm = form
            end = status.size
            replayed = Atomic(false)
            return
        }
        return nil
    }

    /// Whether all that was there has been read.
    var isReplayed: Bool { replayed.load(ordering: .acquiring) }

    /// The next bytes of what was there; 0 at its end, which is before the end of the object.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let earlier, !isReplayed else { return 0 }
        var count = 0
        if let encoding = earlierForm {
            if decoded.isEmpty { try decodeNext(encoding, earlier.file) }
            let part = decoded.prefix(buffer.count)
            part.withUnsafeBytes { buffer.copyMemory(from: $0) }
            decoded = decoded.dropFirst(part.count)
            count = part.count
        } else {
            // One byte is left to be fetched: a server refuses to begin at the end.
            let rest = Int(max(0, min(Int64(buffer.count), end - 1 - offset)))
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<rest])
            count = try earlier.file.read(into: part, at: offset)
            offset += Int64(count)
        }
        if count == 0 { replayed.store(true, ordering: .releasing) }
        return count
    }

    private func decodeNext(_ encoding: Encoding, _ file: borrowing OpenFile) throws {
        var frame = [UInt8](repeating: 0, count: encoding.capacity(for: Encoding.frameSize))
        let filled = try frame.withUnsafeMutableBytes { try file.read(into: $0, at: offset) }
        decoded = try frame.withUnsafeBytes { bytes in
            let bytes = UnsafeRawBufferPointer(rebasing: bytes[..<filled])
            guard let sizes = encoding.sizes(ofFollowedFrameIn: bytes) else { return [] }
            var content = [UInt8](repeating: 0, count: sizes.content)
            do {
                let whole = UnsafeRawBufferPointer(rebasing: bytes[..<sizes.encoded])
                let codec = try codec(encoding)
                try content.withUnsafeMutableBytes { try codec.decode(whole, into: $0) }
            } catch CodecError.undecodable {
                return []
            }
            offset += Int64(sizes.encoded)
            return content[...]
        }
    }

    private var madeCodec: (any FrameCodec)?

    private func codec(_ encoding: Encoding) throws(CodecError) -> any FrameCodec {
        if let madeCodec { return madeCodec }
        let codec = try encoding.makeCodec(level: nil)
        madeCodec = codec
        return codec
    }

    /// From now on `file` is what is kept.
    func keep(_ file: inout TemporaryFile, _ encoding: Encoding?) throws(SystemError) {
        guard file.file.lockIfFree() else { return }
        let path = store.layout.partPath(of: name, encoding)
        let isReplacing = earlier != nil && earlierForm == encoding
        _ = try file.keep(at: path, isReplacing: isReplacing)
        if earlier != nil, !isReplacing { try remove() }
    }

    /// Removes what was there, unless something else is there by now.
    func remove() throws(SystemError) {
        guard let earlier else { return }
        let path = store.layout.partPath(of: name, earlierForm)
        guard try FileStatus.ifPresent(path)?.inode == earlier.file.status().inode else { return }
        try path.removeFile()
    }
}
