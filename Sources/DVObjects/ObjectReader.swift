import DVHashing
import DVSystem

/// Reads the uncompressed content of one object, in order or anywhere; used by one thread at a time.
package final class ObjectReader {
    package let name: ObjectName
    /// Bytes of the whole content.
    package let size: Int64
    private let stored: StoredObject
    private let file: OpenFile
    private let frames: [FrameIndex.Frame]
    private let scratch: ObjectScratch
    private var hasher: StreamingHasher
    private var position: Int64 = 0
    /// The frame whose content is in the scratch.
    private var held: (index: Int, content: UnsafeRawBufferPointer)?

    init(_ store: ObjectStore, _ object: consuming OpenObject) throws {
        let stored = object.stored
        name = stored.name
        self.stored = stored
        let index = try stored.index(of: object.file)
        file = object.file
        frames = index.frames
        size = index.contentSize
        scratch = store.makeScratch()
        hasher = StreamingHasher(scheme: store.scheme)
    }

    /// The next bytes; 0 at the end.
    ///
    /// The call that would give the last bytes throws `ObjectError.corrupt` instead if the content
    /// is not what the name says.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if size == 0 { try verifyEnd() }
        let count = try read(into: buffer, at: position)
        guard count > 0 else { return 0 }
        hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        position += Int64(count)
        if position == size { try verifyEnd() }
        return count
    }

    /// Bytes at `offset`, fewer than asked for only at the end; independent of `read(into:)`.
    ///
    /// Only the frames' own checksums are verified, and plain objects not at all.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
        var filled = 0
        while filled < buffer.count, offset + Int64(filled) < size {
            let start = offset + Int64(filled)
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let index = frameIndex(containing: start)
            let content = try content(ofFrame: index)
            let part = content[Int(start - frames[index].contentOffset)...].prefix(rest.count)
            rest.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
            filled += part.count
        }
        return filled
    }

    private func verifyEnd() throws(ObjectError) {
        var finished = StreamingHasher()
        swap(&finished, &hasher)
        let digest = finished.finish()
        if digest != name.digest { throw stored.corrupt(.wrongContent(digest)) }
    }

    private func content(ofFrame index: Int) throws -> UnsafeRawBufferPointer {
        if let held, held.index == index { return held.content }
        held = nil
        let content = try stored.content(of: frames[index], in: file, scratch)
        held = (index, content)
        return content
    }

    /// The last frame that starts at or before `offset`; there is one, as offsets are below the size.
    private func frameIndex(containing offset: Int64) -> Int {
        var (low, high) = (0, frames.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if frames[middle].contentOffset <= offset { low = middle } else { high = middle }
        }
        return low
    }
}

extension ObjectStore {
    /// A verifying reader of the uncompressed content.
    package func reader(for name: ObjectName) throws -> ObjectReader {
        try ObjectReader(self, open(name))
    }

    /// The whole content of an object that fits in memory, such as a listing; verified.
    package func bytes(of name: ObjectName) throws -> [UInt8] {
        let reader = try reader(for: name)
        return try [UInt8](unsafeUninitializedCapacity: Int(reader.size)) { buffer, count in
            count = try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
