import CHashing

/// Computes the digest of content that arrives in pieces.
package struct StreamingHasher: ~Copyable {
    private var stream = chashing_md5()
    /// Only with the legacy scheme.
    private var converter: LineEndConverter?
    private var fed: Int64 = 0

    package init(scheme: HashScheme = .md5) {
        chashing_md5_begin(&stream)
        if scheme == .md5DOS2Unix { converter = LineEndConverter() }
    }

    /// Bytes fed so far.
    package var byteCount: Int64 { fed }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count > 0 else { return }
        fed += Int64(bytes.count)
        guard converter != nil else {
            return chashing_md5_update(&stream, bytes.baseAddress, bytes.count)
        }
        converter?.append(bytes, to: &stream)
    }

    /// The digest of everything fed.
    package consuming func finish() -> Digest {
        converter?.finishPiece(to: &stream)
        var words: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &words) {
            chashing_md5_end(&stream, $0.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        return Digest(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
    }
}

extension Digest {
    /// The digest of `bytes`.
    package init(of bytes: UnsafeRawBufferPointer, scheme: HashScheme = .md5) {
        var hasher = StreamingHasher(scheme: scheme)
        hasher.update(bytes)
        self = hasher.finish()
    }

    /// The digest of `bytes`.
    package init(of bytes: [UInt8], scheme: HashScheme = .md5) {
        self = bytes.withUnsafeBytes { Digest(of: $0, scheme: scheme) }
    }
}
