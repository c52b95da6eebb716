import DVHashing
import DVSystem

extension ObjectStore {
    /// Writes the content of an object to `target`, verified: the caller may publish `target` only if this returns.
    func decode(
        _ object: borrowing OpenObject,
        into target: borrowing OpenFile,
        _ scratch: ObjectScratch
    ) throws {
        if let content = try smallContent(of: object.stored, in: object.file, scratch) {
            try target.write(content)
            scratch.progress?.advance(bytes: Int64(content.count))
        } else {
            try decode(large: object.stored, object.file, scratch) { try target.write($0, at: $1) }
        }
    }

    /// Hashes the content in `file`, which is the object or a clone of it.
    func verify(
        _ stored: StoredObject,
        in file: borrowing OpenFile,
        _ scratch: ObjectScratch,
        isThorough: Bool = false
    ) throws {
        if try smallContent(of: stored, in: file, scratch) == nil {
            try decode(large: stored, file, scratch, isThorough: isThorough) { _, _ in }
        }
    }

    func check(_ stored: StoredObject, _ digest: Digest) throws(ObjectError) {
        if digest != stored.name.digest { throw stored.corrupt(.wrongContent(digest)) }
    }

    /// The verified content of an object of at most one frame, held by the scratch; nil if it has more.
    func smallContent(
        of stored: StoredObject,
        in file: borrowing OpenFile,
        _ scratch: ObjectScratch
    ) throws -> UnsafeRawBufferPointer? {
        guard
            let content = try stored.smallContent(in: file, scratch, room: scratch.contentBuffer)
        else { return nil }
        try check(stored, Digest(of: content, scheme: scheme))
        scratch.hold(stored.name, scheme, count: content.count)
        return content
    }
}

extension StoredObject {
    /// The content of an object of at most one frame, in the `room` for so many bytes, not yet verified; nil if it has more.
    func smallContent(
        in file: borrowing OpenFile,
        _ scratch: ObjectScratch,
        room: (Int) -> UnsafeMutableRawBufferPointer
    ) throws -> UnsafeRawBufferPointer? {
        guard status.size <= Encoding.frameSize else { return nil }
        let size = Int(status.size)
        let target = encoding == nil ? room(size) : scratch.encodedBuffer(size)
        guard try file.read(into: target) == size else { throw corrupt(.truncated) }
        let bytes = UnsafeRawBufferPointer(target)
        guard let encoding else { return bytes }
        do {
            let index = try FrameIndex(encoding, fileSize: status.size) { buffer, offset in
                let part = bytes[Int(offset)...].prefix(buffer.count)
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
                return part.count
            }
            guard index.frames.count == 1, let sizes = index.frames.first?.sizes,
                sizes.content <= Encoding.frameSize
            else { return nil }
            let content = room(sizes.content)
            let frame = UnsafeRawBufferPointer(rebasing: bytes[..<sizes.encoded])
            try scratch.codec(for: encoding).decode(frame, into: content)
            return UnsafeRawBufferPointer(content)
        } catch let error as CodecError {
            throw try corruption(error)
        }
    }
}
