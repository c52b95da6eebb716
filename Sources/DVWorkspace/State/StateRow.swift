import DVHashing
import DVSystem

/// One fact: a file with this status has this content.
///
/// Sealed by a checksum over its key and itself, so that a damaged row
/// is never believed.
struct StateRow: Hashable, Sendable {
    var inode: UInt64
    var size: Int64
    var modified: Int64
    var changed: Int64
    var digest: Digest

    init(_ digest: Digest, _ status: FileStatus) {
        self.digest = digest
        inode = status.inode
        size = status.size
        modified = status.modified
        changed = status.changed
    }

    func isAbout(_ status: FileStatus) -> Bool {
        inode == status.inode && size == status.size && modified == status.modified
            && changed == status.changed
    }

    @inline(__always)
    func isAbout(_ entry: FileTree.Entry) -> Bool {
        inode == entry.inode && size == entry.size && modified == entry.modified
            && changed == entry.changed
    }

    static let length = 56

    private var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) {
        (
            inode, UInt64(bitPattern: size), UInt64(bitPattern: modified),
            UInt64(bitPattern: changed), digest.high, digest.low
        )
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
        inode = word(0)
        size = Int64(bitPattern: word(1))
        modified = Int64(bitPattern: word(2))
        changed = Int64(bitPattern: word(3))
        digest = Digest(high: word(4), low: word(5))
        guard word(6) == checksum(key: key) else { return nil }
    }

    /// Every step is a bijection of the sum for a given word and of the word for a given sum: damage within one word always
    /// changes the result.
    private func checksum(key: UnsafeRawBufferPointer) -> UInt64 {
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
