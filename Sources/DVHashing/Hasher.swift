import CHashing

/// Computes the digest of content that arrives in pieces.
package struct StreamingHasher: ~Copyable {
    private var state = chashing_md5_state()
    private var total: UInt64 = 0
    /// Bytes that do not fill a block yet.
    private var pending: [UInt8] = []

    package init() {
        chashing_md5_start(&state)
    }

    /// Bytes fed so far.
    package var byteCount: Int64 { Int64(total) }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        total += UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let missing = rest.prefix(64 - pending.count)
            pending.append(contentsOf: missing)
            rest = rest.dropFirst(missing.count)
            guard pending.count == 64 else { return }
            chashing_md5_blocks(&state, pending, 1)
            pending.removeAll(keepingCapacity: true)
        }
        let blocks = rest.count / 64
        let whole = UnsafeRawBufferPointer(rebasing: rest.prefix(blocks * 64))
        if blocks > 0 {
            chashing_md5_blocks(
                &state,
                whole.baseAddress?.assumingMemoryBound(to: UInt8.self),
                blocks
            )
        }
        pending.append(contentsOf: rest.dropFirst(blocks * 64))
    }

    /// The digest of everything fed.
    package consuming func finish() -> Digest {
        var digest = [UInt8](repeating: 0, count: 16)
        chashing_md5_finish(&state, pending, pending.count, total, &digest)
        return digest.withUnsafeBytes {
            Digest(
                high: UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}

extension Digest {
    /// The digest of `bytes`.
    package init(of bytes: UnsafeRawBufferPointer) {
        var hasher = StreamingHasher()
        hasher.update(bytes)
        self = hasher.finish()
    }

    /// The digest of `bytes`.
    package init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { Digest(of: $0) }
    }
}
