import CHashing

/// What computes the lanes of a `LaneHasher`; the digests are the same.
package enum LaneKernel: CaseIterable, Sendable {
    /// One lane after the other: every processor can.
    case portable
    case neon
    case avx2
    case avx512

    /// Those that this processor can run, the fastest last.
    package static let available = allCases.filter { chashing_can_run($0.kernel) }
    package static let fastest = available.last ?? .portable

    fileprivate var kernel: chashing_kernel {
        switch self {
        case .portable: chashing_portable
        case .neon: chashing_neon
        case .avx2: chashing_avx2
        case .avx512: chashing_avx512
        }
    }
}

/// Computes the digests of many messages side by side, each in a lane of vector registers; make one per thread.
///
/// MD5 is serial within a message, so that one stream leaves most of a processor idle. A lane whose message ends takes the
/// next one. The few that are left at the end are computed as single streams, which is faster then.
package final class LaneHasher {
    /// How many messages are under way at once.
    package static let laneCount = Int(chashing_lane_count)

    /// The next part of a message: whole blocks of 64 bytes, at least one, unless it is the last.
    package struct Piece {
        package let bytes: UnsafeRawBufferPointer
        package let isLast: Bool

        package init(_ bytes: UnsafeRawBufferPointer, isLast: Bool) {
            self.bytes = bytes
            self.isLast = isLast
        }
    }

    private struct Lane {
        var message: Int
        var isAtEnd = false
    }

    private let kernel: LaneKernel
    private let lanes = UnsafeMutablePointer<chashing_lanes>.allocate(capacity: 1)

    package init(kernel: LaneKernel = .fastest) {
        self.kernel = kernel
    }

    deinit { lanes.deallocate() }

    /// Hashes messages that come in pieces, begun in their order; `finished` gets their digests in any order.
    ///
    /// `next` gives the next piece of a message, which stays where it is until the same lane asks again; nil gives the
    /// message up, which then has no digest.
    package func hash(
        count: Int,
        next: (_ message: Int, _ lane: Int) throws -> Piece?,
        finished: (_ message: Int, Digest) -> Void
    ) rethrows {
        lanes.initialize(to: chashing_lanes())
        lanes.pointee.kernel = kernel.kernel
        var used: [Lane?] = Array(repeating: nil, count: Self.laneCount)
        var begun = 0
        var waiting = (UInt32(1) << Self.laneCount) - 1
        while waiting != 0 {
            for lane in 0..<Self.laneCount where waiting >> lane & 1 != 0 {
                if let done = used[lane], done.isAtEnd {
                    finished(done.message, digest(of: lane))
                    used[lane] = nil
                }
                try fill(lane, &used[lane], &begun, count, next)
            }
            waiting = chashing_lanes_run(lanes)
        }
    }

    /// The digests of messages in memory, in their order.
    package func digests(of messages: [UnsafeRawBufferPointer]) -> [Digest] {
        // The longest first: lanes then end at about the same time.
        let order = messages.indices.sorted { messages[$0].count > messages[$1].count }
        var digests = Array(repeating: Digest(high: 0, low: 0), count: messages.count)
        hash(
            count: messages.count,
            next: { message, _ in Piece(messages[order[message]], isLast: true) },
            finished: { message, digest in digests[order[message]] = digest }
        )
        return digests
    }

    /// Gives a lane the next piece of its message, or the first one of the next message that has any.
    private func fill(
        _ lane: Int,
        _ used: inout Lane?,
        _ begun: inout Int,
        _ count: Int,
        _ next: (Int, Int) throws -> Piece?
    ) rethrows {
        while used != nil || begun < count {
            if used == nil {
                used = Lane(message: begun)
                begun += 1
                chashing_lanes_begin(lanes, Int32(lane))
            }
            if let message = used?.message, let piece = try next(message, lane) {
                let bytes = piece.bytes
                used?.isAtEnd = piece.isLast
                chashing_lanes_give(
                    lanes,
                    Int32(lane),
                    bytes.baseAddress,
                    bytes.count,
                    piece.isLast
                )
                return
            }
            used = nil
        }
    }

    private func digest(of lane: Int) -> Digest {
        var words: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &words) {
            chashing_lanes_end(
                lanes,
                Int32(lane),
                $0.baseAddress?.assumingMemoryBound(to: UInt8.self)
            )
        }
        return Digest(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
    }
}
