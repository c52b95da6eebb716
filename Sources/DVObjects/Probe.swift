/// Decides from a few samples whether content is worth encoding.
enum Probe {
    /// Content below this is simply encoded and looked at.
    static let threshold = 256 << 10
    private static let sampleSize = 32 << 10
    private static let sampleCount = 8

    /// Samples spread evenly over `content`.
    static func isWorthwhile(
        _ content: UnsafeRawBufferPointer,
        _ encoding: Encoding,
        _ settings: StoreSettings,
        _ scratch: ObjectScratch
    ) throws -> Bool {
        try isWorthwhile(size: Int64(content.count), encoding, settings, scratch) {
            buffer,
            offset in
            let sample = content[Int(offset)...].prefix(buffer.count)
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: sample))
            return sample.count
        }
    }

    /// The same for content that is read at offsets; the samples pass through the scratch's room for encoded bytes.
    static func isWorthwhile(
        size: Int64,
        _ encoding: Encoding,
        _ settings: StoreSettings,
        _ scratch: ObjectScratch,
        read: FrameIndex.Read
    ) throws -> Bool {
        guard settings.compression == .auto else { return true }
        let codec = try scratch.codec(for: encoding)
        let half = scratch.encoded.count / 2
        let target = UnsafeMutableRawBufferPointer(rebasing: scratch.encoded[half...])
        let sample = UnsafeMutableRawBufferPointer(rebasing: scratch.encoded[..<sampleSize])
        var (plain, encoded) = (0, 0)
        for index in 0..<sampleCount {
            let offset = (size - Int64(sampleSize)) * Int64(index) / Int64(sampleCount - 1)
            let count = try read(sample, max(0, offset))
            let bytes = UnsafeRawBufferPointer(rebasing: sample[..<count])
            plain += count
            encoded += try codec.encode(bytes, into: target)
        }
        return settings.isWorthwhile(encoded: encoded, plain: plain)
    }
}

extension StoreSettings {
    private static let blockSize = 4096

    /// What new objects are encoded with, if they are.
    var encoding: Encoding? {
        if needsPlainObjects { return nil }
        return compression == .zlib ? .zlib : .zstd
    }

    /// Whether encoding `plain` bytes can be worthwhile at all.
    func mayShrink(_ plain: Int) -> Bool {
        compression != .auto || plain > Self.blockSize
    }

    /// `auto` wants a tenth and a disk block; an explicit codec wants any gain.
    func isWorthwhile(encoded: Int, plain: Int) -> Bool {
        guard compression == .auto else { return encoded < plain }
        let blocks = { (count: Int) in (count + Self.blockSize - 1) / Self.blockSize }
        return encoded * 10 <= plain * 9 && blocks(encoded) < blocks(plain)
    }
}
