import CZstd

/// Standard zstd frames with their content checksum.
final class ZstdCodec: FrameCodec {
    private let encoder: OpaquePointer
    private let decoder: OpaquePointer

    /// Level 1 keeps pace with MD5, so that adding a file costs no more than hashing it.
    static let defaultLevel = 1

    init(level: Int?) throws(CodecError) {
        guard let encoder = ZSTD_createCCtx(), let decoder = ZSTD_createDCtx() else {
            throw .unavailable("zstd")
        }
        self.encoder = encoder
        self.decoder = decoder
        let level = Int32(clamping: level ?? Self.defaultLevel)
        let results = [
            ZSTD_CCtx_setParameter(encoder, ZSTD_c_compressionLevel, level),
            ZSTD_CCtx_setParameter(encoder, ZSTD_c_checksumFlag, 1),
        ]
        if results.contains(where: { ZSTD_isError($0) != 0 }) { throw .unavailable("zstd") }
    }

    deinit {
        ZSTD_freeCCtx(encoder)
        ZSTD_freeDCtx(decoder)
    }

    static func capacity(for count: Int) -> Int {
        ZSTD_compressBound(count) + SeekTable.byteCount(frames: 1)
    }

    /// Nil if `bytes` do not start with a whole frame that tells its size.
    static func sizes(ofFrameIn bytes: UnsafeRawBufferPointer) -> FrameSizes? {
        let encoded = ZSTD_findFrameCompressedSize(bytes.baseAddress, bytes.count)
        // The two highest numbers stand for "unknown" and "no frame".
        let content = ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count)
        guard ZSTD_isError(encoded) == 0, content <= UInt64(Encoding.frameLimit) else { return nil }
        return FrameSizes(encoded: encoded, content: Int(content))
    }

    func encode(
        _ content: UnsafeRawBufferPointer,
        into target: UnsafeMutableRawBufferPointer
    ) throws(CodecError) -> Int {
        let count = ZSTD_compress2(
            encoder,
            target.baseAddress,
            target.count,
            content.baseAddress,
            content.count
        )
        if ZSTD_isError(count) != 0 { throw .unavailable("zstd") }
        return count
    }

    func decode(
        _ frame: UnsafeRawBufferPointer,
        into target: UnsafeMutableRawBufferPointer
    ) throws(CodecError) {
        let count = ZSTD_decompressDCtx(
            decoder,
            target.baseAddress,
            target.count,
            frame.baseAddress,
            frame.count
        )
        if ZSTD_isError(count) != 0 || count != target.count { throw .undecodable }
    }
}
