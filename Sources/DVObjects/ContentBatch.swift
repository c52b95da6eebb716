import DVHashing

/// Contents of a few small files or objects, one behind the other in memory, so that they can be hashed side by side.
final class ContentBatch {
    /// Room for eight contents of a whole frame and what lies between them; of smaller ones for all lanes.
    private static let capacity = 8 * Encoding.frameSize + 4096
    /// So much stays in a processor's own cache until it is encoded or written.
    private static let enough = 2 << 20

    private let memory = UnsafeMutableRawBufferPointer.allocate(
        byteCount: ContentBatch.capacity,
        alignment: 4096
    )
    private let lanes = LaneHasher()
    private var used = 0
    private(set) var contents: [UnsafeRawBufferPointer] = []
    /// Contents that were found to be those of their names, which this scheme computes.
    private var verified: [ObjectName: UnsafeRawBufferPointer] = [:]
    private var verifiedScheme = HashScheme.md5

    deinit { memory.deallocate() }

    /// Whether the lanes are busy with what is here, or there is no room for a whole frame more.
    var isFull: Bool {
        used + Encoding.frameSize > memory.count
            || (used >= Self.enough && contents.count >= LaneHasher.laneCount)
    }

    /// The place for the next content, at most a frame; only unless it is full.
    func room(_ count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: memory[used..<used + count])
    }

    /// Keeps what was put into the room.
    func append(_ content: UnsafeRawBufferPointer) {
        contents.append(content)
        // A cache line more, or contents of whole pages would all compete for the same places in the cache.
        used += (content.count + 127) / 64 * 64
    }

    /// In the order of the contents.
    func digests(_ scheme: HashScheme) -> [Digest] {
        switch scheme {
        case .md5: lanes.digests(of: contents)
        case .md5DOS2Unix: contents.map { Digest(of: $0, scheme: scheme) }
        }
    }

    /// How many contents of several frames have room at a time.
    static let roomCount = 8

    /// The digests (MD5) of at most `roomCount` contents that come in frames; what the batch held is lost.
    ///
    /// `next` puts the next frame of a content into the room; nil gives the content up, which then has no digest.
    func digests(
        count: Int,
        next: (_ content: Int, _ room: UnsafeMutableRawBufferPointer) throws -> LaneHasher.Piece?
    ) rethrows -> [Digest?] {
        removeAll()
        var digests: [Digest?] = Array(repeating: nil, count: count)
        // Not whole pages, as above.
        let step = memory.count / Self.roomCount
        try lanes.hash(count: count) { content, lane in
            let room = memory[lane * step..<lane * step + Encoding.frameSize]
            return try next(content, UnsafeMutableRawBufferPointer(rebasing: room))
        } finished: { content, digest in
            digests[content] = digest
        }
        return digests
    }

    /// Remembers which contents are those of `names`; their bytes.
    func verify(as names: [ObjectName], _ scheme: HashScheme) -> Int {
        verifiedScheme = scheme
        for (name, (digest, content)) in zip(names, zip(digests(scheme), contents))
        where name.digest == digest {
            verified[name] = content
        }
        return verified.values.reduce(0) { $0 + $1.count }
    }

    func heldContent(of name: ObjectName, _ scheme: HashScheme) -> UnsafeRawBufferPointer? {
        scheme == verifiedScheme ? verified[name] : nil
    }

    func removeAll() {
        contents.removeAll(keepingCapacity: true)
        verified.removeAll(keepingCapacity: true)
        used = 0
    }
}
