/// Where the frames of an encoded file are.
struct FrameIndex {
    struct Frame {
        let offset: Int64
        let contentOffset: Int64
        let sizes: FrameSizes
    }

    let frames: [Frame]
    /// Bytes of the whole content.
    let contentSize: Int64

    /// Reads at an offset, filling the buffer unless the file ends.
    typealias Read = (UnsafeMutableRawBufferPointer, Int64) throws -> Int

    /// Reads the index of a file of `fileSize` bytes; throws `CodecError` if it does not describe exactly that file.
    init(_ encoding: Encoding, fileSize: Int64, read: Read) throws {
        let sizes =
            switch encoding {
            case .zstd: try Self.seekTable(fileSize, read)
            case .zlib: try Self.members(fileSize, read)
            }
        var frames: [Frame] = []
        frames.reserveCapacity(sizes.count)
        var (offset, contentOffset) = (Int64(0), Int64(0))
        for size in sizes {
            guard size.content <= Encoding.frameLimit, size.encoded <= 2 * Encoding.frameLimit
            else {
                throw CodecError.undecodable
            }
            frames.append(Frame(offset: offset, contentOffset: contentOffset, sizes: size))
            offset += Int64(size.encoded)
            contentOffset += Int64(size.content)
        }
        self.frames = frames
        contentSize = contentOffset
    }

    /// Pieces of a plain file, which decode to themselves.
    init(plainSize: Int64) {
        let step = Int64(Encoding.frameSize)
        frames = stride(from: 0, to: plainSize, by: Int64.Stride(step)).map { offset in
            let count = Int(min(step, plainSize - offset))
            let sizes = FrameSizes(encoded: count, content: count)
            return Frame(offset: offset, contentOffset: offset, sizes: sizes)
        }
        contentSize = plainSize
    }

    private static func seekTable(_ fileSize: Int64, _ read: Read) throws -> [FrameSizes] {
        let footer = try bytes(
            SeekTable.footerSize,
            at: fileSize - Int64(SeekTable.footerSize),
            read
        )
        let count = try footer.withUnsafeBytes { try SeekTable.byteCount(footer: $0) }
        let table = try bytes(count, at: fileSize - Int64(count), read)
        let sizes = try table.withUnsafeBytes { try SeekTable.decode($0) }
        let total = sizes.reduce(Int64(count)) { $0 + Int64($1.encoded) }
        guard total == fileSize else { throw CodecError.truncated }
        return sizes
    }

    private static func members(_ fileSize: Int64, _ read: Read) throws -> [FrameSizes] {
        var sizes: [FrameSizes] = []
        var offset: Int64 = 0
        while offset < fileSize {
            let header = try bytes(ZlibCodec.headerSize, at: offset, read)
            let size = try header.withUnsafeBytes { try ZlibCodec.sizes(header: $0) }
            guard size.encoded > ZlibCodec.headerSize else { throw CodecError.undecodable }
            sizes.append(size)
            offset += Int64(size.encoded)
        }
        guard offset == fileSize else { throw CodecError.truncated }
        return sizes
    }

    private static func bytes(_ count: Int, at offset: Int64, _ read: Read) throws -> [UInt8] {
        guard offset >= 0 else { throw CodecError.truncated }
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try bytes.withUnsafeMutableBytes { try read($0, offset) }
        guard filled == count else { throw CodecError.truncated }
        return bytes
    }
}

extension Encoding {
    /// The sizes of the frame that `bytes` start with, if all of it is there and another one begins after it.
    func sizes(ofFollowedFrameIn bytes: UnsafeRawBufferPointer) -> FrameSizes? {
        let sizes =
            switch self {
            case .zstd: ZstdCodec.sizes(ofFrameIn: bytes)
            case .zlib: try? ZlibCodec.sizes(header: bytes.first(ZlibCodec.headerSize))
            }
        guard let sizes, sizes.encoded > 0, sizes.encoded + 2 <= bytes.count,
            (1...Self.frameSize).contains(sizes.content),
            bytes[sizes.encoded] == bytes[0], bytes[sizes.encoded + 1] == bytes[1]
        else { return nil }
        return sizes
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func first(_ count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[..<Swift.min(count, self.count)])
    }
}
