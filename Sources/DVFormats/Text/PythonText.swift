/// How Python turns the bytes of a file name into text: UTF-8, where a byte that is part of no valid sequence becomes
/// the lone surrogate U+DC00 + byte ("surrogateescape").
enum PythonText {
    /// The code point that starts at `index`, and its length in bytes.
    static func scalar(
        in bytes: UnsafeRawBufferPointer,
        at index: Int
    ) -> (value: UInt32, length: Int) {
        let first = bytes[index]
        guard first >= 0x80 else { return (UInt32(first), 1) }
        let escaped = (value: 0xDC00 | UInt32(first), length: 1)
        let (length, bits, least): (Int, UInt8, UInt32)
        switch first {
        case 0xC2...0xDF: (length, bits, least) = (2, 0x1F, 0x80)
        case 0xE0...0xEF: (length, bits, least) = (3, 0x0F, 0x800)
        case 0xF0...0xF4: (length, bits, least) = (4, 0x07, 0x10000)
        default: return escaped
        }
        guard index + length <= bytes.count else { return escaped }
        var value = UInt32(first & bits)
        for offset in 1..<length {
            let next = bytes[index + offset]
            guard next & 0xC0 == 0x80 else { return escaped }
            value = value << 6 | UInt32(next & 0x3F)
        }
        let isValid = value >= least && value <= 0x10FFFF && !(0xD800...0xDFFF).contains(value)
        return isValid ? (value, length) : escaped
    }

    /// Whether every byte belongs to a valid sequence.
    static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            let next = scalar(in: bytes, at: index)
            if (0xDC80...0xDCFF).contains(next.value) { return false }
            index += next.length
        }
        return true
    }

    /// Compares as Python compares strings, by code points: negative, zero or positive.
    ///
    /// That is the order of the bytes, except where a name is not UTF-8: an escaped byte sorts below U+E000.
    static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        let shared = commonPrefix(left, right)
        let isInsideText = shared > 0 && left[shared - 1] >= 0x80
        guard shared < left.count, shared < right.count else {
            return isInsideText
                ? compareScalars(left, right, from: shared) : left.count - right.count
        }
        let (a, b) = (left[shared], right[shared])
        if a < 0x80, b < 0x80 { return Int(a) - Int(b) }
        return compareScalars(left, right, from: shared)
    }

    /// The number of equal bytes at the start.
    static func commonPrefix(
        _ left: UnsafeRawBufferPointer,
        _ right: UnsafeRawBufferPointer
    ) -> Int {
        let limit = min(left.count, right.count)
        var index = 0
        while index + 8 <= limit {
            let a = left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let b = right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if a != b { return index + UInt64(littleEndian: a ^ b).trailingZeroBitCount / 8 }
            index += 8
        }
        while index < limit, left[index] == right[index] { index += 1 }
        return index
    }

    /// Decodes from the last ASCII character before `index`, which is a boundary of code points in both.
    private static func compareScalars(
        _ left: UnsafeRawBufferPointer,
        _ right: UnsafeRawBufferPointer,
        from index: Int
    ) -> Int {
        var start = index
        while start > 0, left[start - 1] >= 0x80 { start -= 1 }
        var (i, j) = (start, start)
        while i < left.count, j < right.count {
            let a = scalar(in: left, at: i)
            let b = scalar(in: right, at: j)
            if a.value != b.value { return a.value < b.value ? -1 : 1 }
            i += a.length
            j += b.length
        }
        return (left.count - i) - (right.count - j)
    }
}
