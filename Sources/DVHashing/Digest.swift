/// The MD5 of some content: the identity of every object.
///
/// Sixteen bytes in place, so that a million digests are one flat array.
package struct Digest: Hashable, Sendable {
    /// Bytes 0-7 and 8-15, each read as a big-endian number.
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Nil unless `bytes` are sixteen.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Nil unless `hex` is exactly 32 hexadecimal digits, in either case.
    package init?(hex: some StringProtocol) {
        var text = String(hex)
        let parsed = text.withUTF8 { Digest(hexDigits: UnsafeRawBufferPointer($0)) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// Nil unless `digits` are exactly 32 hexadecimal digits, in either case.
    ///
    /// No allocation: folders of a cache are parsed with it.
    package init?(hexDigits digits: UnsafeRawBufferPointer) {
        guard digits.count == 32, let a = Self.number(digits, 0), let b = Self.number(digits, 8),
            let c = Self.number(digits, 16), let d = Self.number(digits, 24)
        else { return nil }
        self.init(high: a << 32 | b, low: c << 32 | d)
    }

    /// The first byte: which of the 256 folders of a cache the object is in.
    package var folder: Int { Int(high >> 56) }

    /// The sixteen bytes.
    package var bytes: [UInt8] {
        [high, low].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
        }
    }

    /// 32 lower-case hexadecimal digits.
    package var hex: String {
        String(unsafeUninitializedCapacity: 32) { buffer in
            writeHex(into: buffer)
            return 32
        }
    }

    /// Writes the 32 digits to the start of `buffer`, without allocation.
    package func writeHex(into buffer: UnsafeMutableBufferPointer<UInt8>) {
        for index in 0..<16 {
            let shift = UInt64(60 - 4 * index)
            buffer[index] = Self.hexDigit(UInt8(high >> shift & 15))
            buffer[index + 16] = Self.hexDigit(UInt8(low >> shift & 15))
        }
    }

    /// The lower-case digit of a value below 16.
    package static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? value + UInt8(ascii: "0") : value - 10 + UInt8(ascii: "a")
    }

    /// The number that the eight digits at `offset` write; nil if one of them is none.
    ///
    /// All eight at once, a byte each in one word: listings and folders of a cache hold millions. Each byte becomes a value
    /// below 16, which is a digit if writing it in lower case gives the byte.
    @inline(__always)
    private static func number(_ text: UnsafeRawBufferPointer, _ offset: Int) -> UInt64? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (low, space) = (ones &* 0x0F, ones &* 0x20)
        let digits = UInt64(bigEndian: text.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        let isLetter = (digits >> 6) & ones
        let values = ((digits & low) &+ isLetter &* 9) & low
        let isAboveNine = ((values &+ ones &* (0x80 - 10)) >> 7) & ones
        let written = values &+ ones &* 0x30 &+ isAboveNine &* (0x61 - 10 - 0x30)
        // Control characters differ from digits in the bits that tell cases of letters apart.
        let isPrintable = (digits | (digits >> 1)) & space == space
        guard isPrintable, written == digits | space else { return nil }
        let bytes = (values | (values >> 4)) & 0x00FF_00FF_00FF_00FF
        let pairs = (bytes | (bytes >> 8)) & 0x0000_FFFF_0000_FFFF
        return (pairs | (pairs >> 16)) & 0xFFFF_FFFF
    }
}

extension Digest {
    package func hash(into hasher: inout Swift.Hasher) { hasher.combine(high ^ low) }

    /// What sets and dictionaries ask for: digests are random already, and hashing them again took a third of a garbage
    /// collection.
    package func _rawHashValue(seed: Int) -> Int {
        let mixed = (high ^ UInt64(truncatingIfNeeded: seed)).multipliedFullWidth(by: low | 1)
        return Int(truncatingIfNeeded: mixed.high ^ mixed.low)
    }
}

extension Digest: Comparable, CustomStringConvertible {
    package static func < (left: Digest, right: Digest) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    package var description: String { hex }
}
