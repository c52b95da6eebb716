import DVHashing
import DVSystem

/// What a fact depends on, in four numbers: it holds as long as they are the same.
struct StateStamp: Hashable, Sendable {
    let numbers: SIMD4<UInt64>

    /// Of a file: inode, size and both its times.
    init(_ status: FileStatus) {
        self.init(status.inode, status.size, status.modified, status.changed)
    }

    @inline(__always)
    init(_ entry: FileTree.Entry) {
        self.init(entry.inode, entry.size, entry.modified, entry.changed)
    }

    @inline(__always)
    private init(_ inode: UInt64, _ size: Int64, _ modified: Int64, _ changed: Int64) {
        numbers = SIMD4(
            inode,
            UInt64(bitPattern: size),
            UInt64(bitPattern: modified),
            UInt64(bitPattern: changed)
        )
    }

    /// Of many facts at once.
    init(_ sum: StateSum) {
        numbers = SIMD4(sum.first, sum.second, sum.count, 0)
    }

    init(numbers: SIMD4<UInt64>) {
        self.numbers = numbers
    }
}

/// One fact: what had this stamp has this content.
///
/// Sealed by a checksum over its key and itself, so that a damaged row
/// is never believed.
struct StateRow: Hashable, Sendable {
    var stamp: StateStamp
    var digest: Digest

    init(_ digest: Digest, _ stamp: StateStamp) {
        self.digest = digest
        self.stamp = stamp
    }

    init(_ digest: Digest, _ status: FileStatus) {
        self.init(digest, StateStamp(status))
    }

    static let length = 56

    private var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) {
        let numbers = stamp.numbers
        return (numbers[0], numbers[1], numbers[2], numbers[3], digest.high, digest.low)
    }

    /// The 56 bytes of the row under its key.
    func encoded(key: [UInt8]) -> [UInt8] {
        let words = words
        let sum = key.withUnsafeBytes { checksum(key: $0) }
        return [UInt8](unsafeUninitializedCapacity: Self.length) { buffer, count in
            let target = UnsafeMutableRawBufferPointer(buffer)
            func put(_ word: UInt64, _ place: Int) {
                target.storeBytes(of: word.littleEndian, toByteOffset: 8 * place, as: UInt64.self)
            }
            put(words.0, 0)
            put(words.1, 1)
            put(words.2, 2)
            put(words.3, 3)
            put(words.4, 4)
            put(words.5, 5)
            put(sum, 6)
            count = Self.length
        }
    }

    /// Nil if the row is damaged, or was written by a version with another idea of rows.
    init?(decoding bytes: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer) {
        guard bytes.count == Self.length else { return nil }
        func word(_ index: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
        }
        stamp = StateStamp(numbers: SIMD4(word(0), word(1), word(2), word(3)))
        digest = Digest(high: word(4), low: word(5))
        guard Self.storedChecksum(bytes) == checksum(key: key) else { return nil }
    }

    /// The checksum in the bytes of a row that was decoded.
    @inline(__always)
    static func storedChecksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self))
    }

    /// The checksum with which the row is stored under its key.
    ///
    /// Every step is a bijection of the sum for a given word and of the word for a given sum: damage within one word always
    /// changes the result.
    func checksum(key: UnsafeRawBufferPointer) -> UInt64 {
        var sum: UInt64 = 0x6476_7377_6966_7401
        Self.mix(UInt64(key.count), into: &sum)
        var offset = 0
        while offset + 8 <= key.count {
            Self.mix(
                UInt64(littleEndian: key.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
                into: &sum
            )
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < key.count {
            rest = rest << 8 | UInt64(key[offset])
            offset += 1
        }
        let words = words
        Self.mix(rest, into: &sum)
        Self.mix(words.0, into: &sum)
        Self.mix(words.1, into: &sum)
        Self.mix(words.2, into: &sum)
        Self.mix(words.3, into: &sum)
        Self.mix(words.4, into: &sum)
        Self.mix(words.5, into: &sum)
        return sum
    }

    @inline(__always)
    private static func mix(_ word: UInt64, into sum: inout UInt64) {
        sum = (sum ^ word) &* 0x9E37_79B9_7F4A_7C15
        sum ^= sum >> 29
    }
}

/// The sum of many rows, in any order: two equal sums stand for the same rows.
///
/// Two sums of the rows' checksums, differently mixed, and their number: 128 bits that change with every row.
struct StateSum: Hashable, Sendable {
    private(set) var first: UInt64 = 0
    private(set) var second: UInt64 = 0
    private(set) var count: UInt64 = 0

    @inline(__always)
    mutating func add(checksum: UInt64) {
        first &+= (checksum ^ checksum >> 32) &* 0x9E37_79B9_7F4A_7C15
        second &+= (checksum ^ checksum >> 29) &* 0xBF58_476D_1CE4_E5B9
        count += 1
    }

    mutating func add(_ sum: StateSum) {
        first &+= sum.first
        second &+= sum.second
        count += sum.count
    }
}
