import CCrypto
import DVHashing
import DVSystem
import DVTestSupport
import Testing

@Suite struct LaneHasherTests {
    /// Around the ends of blocks, where the padding takes one block or two, and longer ones.
    private static let lengths =
        Array(0...130) + [191, 192, 193, 1000, 4095, 4096, 4097, 65_536, 100_003, 3_000_017]

    /// Every number of messages up to more than two rounds of lanes; lengths and places in memory are drawn.
    @Test(arguments: LaneKernel.available)
    func `any number of messages of any length at any address has the digests of OpenSSL`(
        kernel: LaneKernel
    ) {
        let hasher = LaneHasher(kernel: kernel)
        var random = SplitMix(state: 16)
        let bytes = Self.noise(3_000_100, &random)
        for count in 0...40 {
            let places = (0..<count).map { _ in
                // Now and then a long one, which is left alone at the end.
                let known = count % 8 == 0 ? Self.lengths.count : Self.lengths.count - 3
                let length = Self.lengths[Int.random(in: 0..<known, using: &random)]
                let start = Int.random(in: 0..<80, using: &random)
                return start..<start + length
            }
            Self.expectEqual(hasher, bytes, places)
        }
        Self.expectEqual(hasher, bytes, Self.lengths.map { 1..<1 + $0 })
    }

    @Test(arguments: LaneKernel.available, [64, 128, 4096])
    func `pieces of whole blocks give the digest of the whole, and a message without any has none`(
        kernel: LaneKernel,
        size: Int
    ) {
        var random = SplitMix(state: 17)
        let bytes = Self.noise(30_000, &random)
        let lengths = (0..<50).map { _ in Int.random(in: 0..<30_000, using: &random) }
        var fed = Array(repeating: 0, count: lengths.count)
        var digests: [Int: Digest] = [:]
        bytes.withUnsafeBytes { bytes in
            LaneHasher(kernel: kernel).hash(count: lengths.count) { message, _ in
                if message % 7 == 3, fed[message] >= size { return nil }
                let start = fed[message]
                let end = min(start + size, lengths[message])
                fed[message] = end
                let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                return LaneHasher.Piece(piece, isLast: end == lengths[message])
            } finished: {
                digests[$0] = $1
            }
        }
        for (message, length) in lengths.enumerated() {
            let isWhole = message % 7 != 3 || length <= size
            #expect(digests[message] == (isWhole ? Self.openSSL(bytes[..<length]) : nil))
        }
    }

    @Test func `the single stream has the digests of OpenSSL`() {
        var random = SplitMix(state: 18)
        let bytes = Self.noise(3_000_100, &random)
        for length in Self.lengths {
            #expect(Digest(of: Array(bytes[3..<3 + length])) == Self.openSSL(bytes[3..<3 + length]))
        }
    }

    private static func expectEqual(
        _ hasher: LaneHasher,
        _ bytes: [UInt8],
        _ places: [Range<Int>]
    ) {
        let digests = bytes.withUnsafeBytes { bytes in
            hasher.digests(of: places.map { UnsafeRawBufferPointer(rebasing: bytes[$0]) })
        }
        #expect(digests == places.map { openSSL(bytes[$0]) })
    }

    private static func openSSL(_ bytes: ArraySlice<UInt8>) -> Digest? {
        var digest = [UInt8](repeating: 0, count: 16)
        var count: UInt32 = 0
        let isDone = bytes.withUnsafeBytes {
            EVP_Digest($0.baseAddress, $0.count, &digest, &count, EVP_md5(), nil)
        }
        return isDone == 1 ? Digest(bytes: digest) : nil
    }

    /// Words at a time: tests are built without optimisation.
    private static func noise(_ count: Int, _ random: inout SplitMix) -> [UInt8] {
        let words = (0..<count / 8 + 1).map { _ in random.next() }
        return words.withUnsafeBytes { Array($0.prefix(count)) }
    }
}
