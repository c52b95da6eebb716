/// How an encoded object is written.
package enum Encoding: Sendable, CaseIterable {
    case zstd, zlib

    /// The ending of the standard tool's files.
    package var suffix: StaticString {
        switch self {
        case .zstd: ".zst"
        case .zlib: ".gz"
        }
    }

    /// Content bytes per frame.
    ///
    /// 1 MiB: zstd's ratio is within 1 % of longer frames at any level up to 9, a piece stays in a core's cache between
    /// reading, hashing and encoding, and restoring is half as fast again as with 4 MiB. FORMATS.md has the figures.
    static let frameSize = 1 << 20

    /// What a reader accepts, so that a corrupt index cannot ask for all memory.
    static let frameLimit = 64 << 20

    func makeCodec(level: Int?) throws(CodecError) -> any FrameCodec {
        switch self {
        case .zstd: try ZstdCodec(level: level)
        case .zlib: try ZlibCodec(level: level)
        }
    }

    /// What ends a file of `frames`: nothing, or the index.
    func trailer(for frames: [FrameSizes]) -> [UInt8] {
        switch self {
        case .zstd: SeekTable.encode(frames)
        case .zlib: []
        }
    }

    /// Room that always suffices for a frame of `count` content bytes with the trailer of a one-frame file.
    func capacity(for count: Int) -> Int {
        switch self {
        case .zstd: ZstdCodec.capacity(for: count)
        case .zlib: ZlibCodec.capacity(for: count)
        }
    }
}

/// Encodes and decodes single frames; owned by one thread at a time.
protocol FrameCodec: AnyObject {
    /// Bytes written to `target`, which has `Encoding.capacity(for:)`.
    func encode(
        _ content: UnsafeRawBufferPointer,
        into target: UnsafeMutableRawBufferPointer
    ) throws(CodecError) -> Int

    /// Decodes a whole frame, which must fill `target` exactly and match its own checksum.
    func decode(
        _ frame: UnsafeRawBufferPointer,
        into target: UnsafeMutableRawBufferPointer
    ) throws(CodecError)
}

/// Encoded and content bytes of one frame.
struct FrameSizes: Hashable, Sendable {
    let encoded: Int
    let content: Int
}

enum CodecError: Error {
    /// The library could not work: out of memory.
    case unavailable(String)
    /// Not what the encoder wrote.
    case undecodable
    /// The file ends early or goes on after its index.
    case truncated
}
