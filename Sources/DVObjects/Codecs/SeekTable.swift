/// The index at the end of a file in zstd's seekable format: a skippable frame that `zstd -d` passes over.
///
/// Magic 0x184D2A5E, byte count of the rest; per frame its encoded and content size; then the number of frames, a
/// descriptor byte and the magic 0x8F92EAB1. Numbers are little-endian, 32 bits.
enum SeekTable {
    private static let skippableMagic: UInt32 = 0x184D_2A5E
    private static let seekableMagic: UInt32 = 0x8F92_EAB1
    /// What the index begins with.
    static let magicBytes: [UInt8] = [0x5E, 0x2A, 0x4D, 0x18]
    private static let headerSize = 8
    static let footerSize = 9

    static func byteCount(frames: Int) -> Int { headerSize + 8 * frames + footerSize }

    static func encode(_ frames: [FrameSizes]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount(frames: frames.count))
        bytes.append(littleEndian: skippableMagic)
        bytes.append(littleEndian: UInt32(8 * frames.count + footerSize))
        for frame in frames {
            bytes.append(littleEndian: UInt32(frame.encoded))
            bytes.append(littleEndian: UInt32(frame.content))
        }
        bytes.append(littleEndian: UInt32(frames.count))
        bytes.append(0)
        bytes.append(littleEndian: seekableMagic)
        return bytes
    }

    /// The size of the whole table, from its last nine bytes.
    static func byteCount(footer: UnsafeRawBufferPointer) throws(CodecError) -> Int {
        guard footer.count == footerSize, footer.number(at: 5) == seekableMagic,
            footer[4] & 0xFC == 0
        else { throw .truncated }
        return byteCount(frames: Int(footer.number(at: 0)))
    }

    /// The frames of a whole table.
    static func decode(_ table: UnsafeRawBufferPointer) throws(CodecError) -> [FrameSizes] {
        guard table.count >= byteCount(frames: 0), table.number(at: 0) == skippableMagic,
            Int(table.number(at: 4)) == table.count - headerSize
        else { throw .truncated }
        return (0..<(table.count - byteCount(frames: 0)) / 8).map {
            FrameSizes(
                encoded: Int(table.number(at: headerSize + 8 * $0)),
                content: Int(table.number(at: headerSize + 8 * $0 + 4))
            )
        }
    }
}

extension [UInt8] {
    mutating func append(littleEndian number: UInt32) {
        for shift in stride(from: 0, to: 32, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> UInt32(shift)))
        }
    }
}

extension UnsafeRawBufferPointer {
    /// A little-endian number of 32 bits.
    func number(at offset: Int) -> UInt32 {
        UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
