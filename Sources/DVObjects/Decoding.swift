import DVHashing
import DVSystem

extension ObjectStore {
    /// Writes the content of `stored` to `target`, verified: the caller may publish `target` only if this returns.
    func decode(
        _ stored: StoredObject,
        into target: borrowing OpenFile,
        _ scratch: ObjectScratch
    ) throws {
        let object = try OpenFile.reading(stored.path)
        if stored.status.size <= Encoding.frameSize,
            let content = try wholeContent(stored, object, scratch)
        {
            try check(stored, Digest(of: content, scheme: scheme))
            try target.write(content)
            scratch.progress?.advance(bytes: Int64(content.count))
            return
        }
        try decode(large: stored, object, scratch) { try target.write($0, at: $1) }
    }

    /// Hashes the content in `file`, which is the object or a clone of it.
    func verify(
        _ stored: StoredObject,
        in file: borrowing OpenFile,
        _ scratch: ObjectScratch
    ) throws {
        if stored.status.size <= Encoding.frameSize,
            let content = try wholeContent(stored, file, scratch)
        {
            try check(stored, Digest(of: content, scheme: scheme))
        } else {
            try decode(large: stored, file, scratch) { _, _ in }
        }
    }

    func check(_ stored: StoredObject, _ digest: Digest) throws(ObjectError) {
        if digest != stored.name.digest { throw stored.corrupt(.wrongContent(digest)) }
    }

    /// The content of an object of at most one frame, in the scratch; nil if it has more.
    private func wholeContent(
        _ stored: StoredObject,
        _ file: borrowing OpenFile,
        _ scratch: ObjectScratch
    ) throws -> UnsafeRawBufferPointer? {
        let size = Int(stored.status.size)
        let count = try file.read(
            into: UnsafeMutableRawBufferPointer(rebasing: scratch.input[..<size])
        )
        guard count == size else { throw stored.corrupt(.truncated) }
        let bytes = UnsafeRawBufferPointer(rebasing: scratch.input[..<count])
        guard let encoding = stored.encoding else { return bytes }
        do {
            let index = try FrameIndex(encoding, fileSize: stored.status.size) { buffer, offset in
                let part = bytes[Int(offset)...].prefix(buffer.count)
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
                return part.count
            }
            guard index.frames.count == 1, let frame = index.frames.first,
                frame.sizes.content <= Encoding.frameSize
            else { return nil }
            let target = UnsafeMutableRawBufferPointer(
                rebasing: scratch.output[..<frame.sizes.content]
            )
            let source = UnsafeRawBufferPointer(rebasing: bytes[..<frame.sizes.encoded])
            try scratch.codec(for: encoding).decode(source, into: target)
            return UnsafeRawBufferPointer(target)
        } catch let error as CodecError {
            throw try stored.corruption(error)
        }
    }
}
