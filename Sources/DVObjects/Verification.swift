import DVHashing

/// How the pieces of a content of many frames are verified: by its check value if that is known, else by its digest, which
/// makes it known.
final class Verification: @unchecked Sendable {
    // Sendable because `hasher` is fed in a pipeline's turn only, and finished after the pipeline.
    private let knownContents: KnownContents?
    private let checks: PieceChecks?
    /// Of what the content is expected to be; nil if its digest is computed.
    private let expected: (digest: Digest, check: ContentCheck)?
    private var hasher: StreamingHasher

    /// By its digest.
    init(_ scheme: HashScheme, _ knownContents: KnownContents?) {
        self.knownContents = knownContents
        checks = knownContents?.secret.map(PieceChecks.init)
        expected = nil
        hasher = StreamingHasher(scheme: scheme)
    }

    /// By its check value; nil if that is not known.
    init?(recognising name: ObjectName, _ knownContents: KnownContents?) {
        guard let knownContents, let secret = knownContents.secret,
            let check = knownContents.check(of: name.digest)
        else { return nil }
        self.knownContents = knownContents
        checks = PieceChecks(secret)
        expected = (name.digest, check)
        hasher = StreamingHasher()
    }

    /// Takes a piece; what must be in order is done within `inTurn`.
    func add(
        _ content: UnsafeRawBufferPointer,
        _ piece: Int,
        inTurn: (() -> Void) throws -> Void
    ) rethrows {
        checks?.add(content, piece: piece)
        if expected == nil { try inTurn { hasher.update(content) } }
    }

    /// The digest of everything added.
    func finish() throws(Unrecognised) -> Digest {
        let check = checks?.finish()
        if let expected {
            guard check == expected.check else { throw Unrecognised() }
            knownContents?.noteRecognition()
            return expected.digest
        }
        var finished = StreamingHasher()
        swap(&finished, &hasher)
        let digest = finished.finish()
        if let check { knownContents?.remember(digest, check) }
        return digest
    }
}

/// A content does not have the check value of what it should be: it is to be judged by its digest.
struct Unrecognised: Error {}

extension KnownContents? {
    /// Runs `body` with what recognises the content of `name`, if that is known and need not be thorough; if that fails, or
    /// else, with what computes the digest, which then decides and is named by errors.
    func verify(
        _ name: ObjectName,
        _ scheme: HashScheme,
        isThorough: Bool = false,
        _ body: (Verification) throws -> Void
    ) throws {
        if !isThorough, let recognition = Verification(recognising: name, self) {
            do { return try body(recognition) } catch is Unrecognised {}
        }
        try body(Verification(scheme, self))
    }
}
