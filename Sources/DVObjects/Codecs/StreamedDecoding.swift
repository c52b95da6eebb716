import DVHashing
import DVSystem

/// Decodes an encoded object that arrives as a stream, one frame in memory at a time; used by one thread.
///
/// The index at its end is not needed, and what is decoded is to be compared with its digest by who reads it.
package final class StreamedDecoding {
    private static let step = 256 << 10

    private let source: (UnsafeMutableRawBufferPointer) throws -> Int
    private let codec: ZstdCodec
    private var pending: [UInt8] = []
    private var isAtEnd = false
    private var content: [UInt8] = []
    private var taken = 0

    /// `source` fills its buffer as far as it can, and gives 0 at its end.
    package init(_ source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) throws {
        self.source = source
        codec = try ZstdCodec(level: nil)
    }

    /// The next bytes of the content; 0 at its end.
    ///
    /// Throws `DamagedFrames`, and what the source throws.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while taken == content.count {
            guard try nextFrame() else { return 0 }
        }
        let count = min(buffer.count, content.count - taken)
        content.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[taken..<taken + count]))
        }
        taken += count
        return count
    }

    /// False where the index begins.
    private func nextFrame() throws -> Bool {
        while true {
            if pending.starts(with: SeekTable.magicBytes) { return false }
            if let sizes = pending.withUnsafeBytes(ZstdCodec.sizes(ofFrameIn:)) {
                try decode(sizes)
                return true
            }
            guard !isAtEnd, pending.count <= 2 * Encoding.frameLimit else {
                throw DamagedFrames(reason: isAtEnd ? .truncated : .undecodable)
            }
            try readMore()
        }
    }

    private func readMore() throws {
        let start = pending.count
        pending.append(contentsOf: repeatElement(0, count: Self.step))
        let count = try pending.withUnsafeMutableBytes {
            try source(UnsafeMutableRawBufferPointer(rebasing: $0[start...]))
        }
        pending.removeLast(Self.step - count)
        isAtEnd = count == 0
    }

    private func decode(_ sizes: FrameSizes) throws {
        var decoded = [UInt8](repeating: 0, count: sizes.content)
        do {
            try pending.withUnsafeBytes { bytes in
                let frame = UnsafeRawBufferPointer(rebasing: bytes[..<sizes.encoded])
                try decoded.withUnsafeMutableBytes { try codec.decode(frame, into: $0) }
            }
        } catch is CodecError {
            throw DamagedFrames(reason: .undecodable)
        }
        pending.removeFirst(sizes.encoded)
        content = decoded
        taken = 0
    }
}

/// An encoded object that is not what an encoder wrote.
package struct DamagedFrames: Error {
    package let reason: ObjectError.Corruption
}

/// An encoded object that was read to its end and has the content that it should, for who passes it on as it is.
package final class SoundEncoding {
    /// Of the file.
    package let size: Int64
    /// Of the content.
    package let contentSize: Int64
    private let file: SharedFile

    fileprivate init(_ file: SharedFile, size: Int64, contentSize: Int64) {
        self.file = file
        self.size = size
        self.contentSize = contentSize
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
        try file.file.read(into: buffer, at: offset)
    }
}

extension ObjectStore {
    /// The object as zstd has it; nil if it is not kept in that form.
    ///
    /// Throws `ObjectError.corrupt` if its content is another.
    package func soundEncoding(of name: ObjectName) throws -> SoundEncoding? {
        guard scheme == .md5, let object = try open(name, .zstd) else { return nil }
        let stored = object.stored
        let file = SharedFile(object.file)
        var position: Int64 = 0
        let decoding = try StreamedDecoding { buffer in
            let count = try file.file.read(into: buffer, at: position)
            position += Int64(count)
            return count
        }
        var hasher = StreamingHasher(scheme: scheme)
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        do {
            while true {
                try Interruption.check()
                let count = try buffer.withUnsafeMutableBytes { try decoding.read(into: $0) }
                if count == 0 { break }
                buffer.withUnsafeBytes {
                    hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count]))
                }
            }
        } catch let error as DamagedFrames {
            throw stored.corrupt(error.reason)
        }
        let size = hasher.byteCount
        let digest = hasher.finish()
        guard digest == name.digest else { throw stored.corrupt(.wrongContent(digest)) }
        return SoundEncoding(file, size: stored.status.size, contentSize: size)
    }
}
