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
        guard digits.count == 32 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        for index in 0..<16 {
            guard let left = Self.value(ofHex: digits[index]),
                let right = Self.value(ofHex: digits[index + 16])
            else { return nil }
            words.0 = words.0 << 4 | left
            words.1 = words.1 << 4 | right
        }
        self.init(high: words.0, low: words.1)
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

    private static func value(ofHex digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension Digest: Comparable, CustomStringConvertible {
    package static func < (left: Digest, right: Digest) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    package var description: String { hex }
}
