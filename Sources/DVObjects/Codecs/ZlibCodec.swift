import CZlib

/// Complete gzip members, one per frame, whose extra field says how long the member and its content are.
///
/// `gzip -d` reads the concatenation; the extra field ("DV", 8 bytes) makes it seekable.
final class ZlibCodec: FrameCodec {
    private let encoder = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let decoder = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    static let defaultLevel = Z_BEST_SPEED
    static let headerSize = 24
    private static let trailerSize = 8
    /// Deflate without any wrapper; the wrapper is ours.
    private static let rawWindow = -MAX_WBITS

    init(level: Int?) throws(CodecError) {
        encoder.initialize(to: z_stream())
        decoder.initialize(to: z_stream())
        let streamSize = Int32(MemoryLayout<z_stream>.size)
        let level = Int32(clamping: min(max(level ?? Int(Self.defaultLevel), 1), 9))
        let results = [
            deflateInit2_(
                encoder,
                level,
                Z_DEFLATED,
                Self.rawWindow,
                8,
                Z_DEFAULT_STRATEGY,
                ZLIB_VERSION,
                streamSize
            ),
            inflateInit2_(decoder, Self.rawWindow, ZLIB_VERSION, streamSize),
        ]
        if results.contains(where: { $0 != Z_OK }) { throw .unavailable("zlib") }
    }

    deinit {
        deflateEnd(encoder)
        inflateEnd(decoder)
        encoder.deallocate()
        decoder.deallocate()
    }

    /// zlib's own bound for raw deflate at the default memory level, rounded up, and the wrapper.
    static func capacity(for count: Int) -> Int {
        count + count >> 12 + count >> 14 + count >> 25 + 64 + headerSize + trailerSize
    }

    func encode(
        _ content: UnsafeRawBufferPointer,
        into target: UnsafeMutableRawBufferPointer
    ) throws(CodecError) -> Int {
        guard deflateReset(encoder) == Z_OK else { throw .unavailable("zlib") }
        encoder.pointee.setInput(content)
        encoder.pointee.setOutput(
            UnsafeMutableRawBufferPointer(rebasing: target[Self.headerSize...])
        )
        guard deflate(encoder, Z_FINISH) == Z_STREAM_END else { throw .unavailable("zlib") }
        let end = target.count - Int(encoder.pointee.avail_out)
        guard end + Self.trailerSize <= target.count else { throw .unavailable("zlib") }
        let total = end + Self.trailerSize
        Self.header(member: total, content: content.count).withUnsafeBytes {
            target.copyMemory(from: $0)
        }
        target.store(Self.checksum(content), at: end)
        target.store(UInt32(content.count), at: end + 4)
        return total
    }

    func decode(
        _ frame: UnsafeRawBufferPointer,
        into target: UnsafeMutableRawBufferPointer
    ) throws(CodecError) {
        let end = frame.count - Self.trailerSize
        guard end >= Self.headerSize, inflateReset(decoder) == Z_OK else { throw .undecodable }
        decoder.pointee.setInput(UnsafeRawBufferPointer(rebasing: frame[Self.headerSize..<end]))
        decoder.pointee.setOutput(target)
        let result = inflate(decoder, Z_FINISH)
        guard result == Z_STREAM_END, decoder.pointee.avail_out == 0, decoder.pointee.avail_in == 0,
            frame.number(at: end) == Self.checksum(UnsafeRawBufferPointer(target)),
            frame.number(at: end + 4) == UInt32(target.count)
        else { throw .undecodable }
    }

    /// The sizes of the member that starts with `header`.
    static func sizes(header: UnsafeRawBufferPointer) throws(CodecError) -> FrameSizes {
        guard header.count == headerSize else { throw .truncated }
        let expected = self.header(member: 0, content: 0)
        guard header[..<16].elementsEqual(expected[..<16]) else { throw .undecodable }
        return FrameSizes(encoded: Int(header.number(at: 16)), content: Int(header.number(at: 20)))
    }

    /// RFC 1952: magic, deflate, FEXTRA, no time, unknown system; extra field of 12 bytes: "DV", 8, the two sizes.
    private static func header(member: Int, content: Int) -> [UInt8] {
        var bytes: [UInt8] = [
            0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 255, 12, 0, UInt8(ascii: "D"), UInt8(ascii: "V"), 8, 0,
        ]
        bytes.append(littleEndian: UInt32(member))
        bytes.append(littleEndian: UInt32(content))
        return bytes
    }

    private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        return UInt32(crc32_z(0, start, bytes.count))
    }
}

extension z_stream {
    /// zlib does not write to its input, although its field is not const.
    fileprivate mutating func setInput(_ bytes: UnsafeRawBufferPointer) {
        next_in = UnsafeMutablePointer(
            mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        )
        avail_in = UInt32(bytes.count)
    }

    fileprivate mutating func setOutput(_ bytes: UnsafeMutableRawBufferPointer) {
        next_out = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        avail_out = UInt32(bytes.count)
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate func store(_ number: UInt32, at offset: Int) {
        storeBytes(of: number.littleEndian, toByteOffset: offset, as: UInt32.self)
    }
}
