import DVHashing
import Synchronization

/// The check value of a content that several threads read piece by piece: of the values of all its frames and their sizes.
final class PieceChecks: Sendable {
    private struct Piece {
        let check: ContentCheck
        let count: Int
    }

    private let secret: CheckSecret
    private let pieces = Mutex<[Int: Piece]>([:])

    init(_ secret: CheckSecret) { self.secret = secret }

    /// In any order, side by side.
    func add(_ content: UnsafeRawBufferPointer, piece: Int) {
        let check = secret.check(of: content)
        pieces.withLock { $0[piece] = Piece(check: check, count: content.count) }
    }

    /// Nil if the pieces are not whole frames, as those of another program's objects may not be.
    func finish() -> ContentCheck? {
        let pieces = pieces.withLock(\.self)
        var facts: [UInt8] = []
        facts.reserveCapacity(24 * pieces.count)
        for index in 0..<pieces.count {
            guard let piece = pieces[index] else { return nil }
            let isLast = index + 1 == pieces.count
            guard piece.count == Encoding.frameSize || isLast else { return nil }
            for word in [piece.check.high, piece.check.low, UInt64(piece.count)] {
                withUnsafeBytes(of: word.littleEndian) { facts.append(contentsOf: $0) }
            }
        }
        return secret.check(of: facts)
    }
}
