import DVHashing
import DVReporting
import DVSystem

/// Stores content of more than one frame: read, hashed, encoded and written side by side, in bounded memory.
final class LargeInsertion: @unchecked Sendable {
    // Sendable because `frames` and `isAtEnd` are touched, and a stream is read, only in their step's turn,
    // and the temporary file only in the last step's turn.

    /// Where the content comes from.
    enum Source {
        /// Fills the buffer unless the content ends; asked in order.
        case stream((UnsafeMutableRawBufferPointer) throws -> Int)
        /// The piece of a number below `count`, in the scratch; asked in any order, by several threads at once.
        case pieces(count: Int, (Int, ObjectScratch) throws -> UnsafeRawBufferPointer)
    }

    private enum Step: Int, CaseIterable { case reading, hashing, writing }

    private let store: ObjectStore
    private let encoding: Encoding?
    private let source: Source
    /// What is kept if the content does not come to its end.
    private let part: ObjectPart?
    private var isPartNamed = false
    private var temporary: TemporaryFile
    private let verification: Verification
    private var frames: [FrameSizes] = []
    private var isAtEnd = false

    init(
        _ store: ObjectStore,
        _ encoding: Encoding?,
        from source: Source,
        verifying verification: Verification? = nil,
        keeping part: ObjectPart? = nil
    ) throws {
        self.store = store
        self.encoding = encoding
        self.source = source
        self.part = part
        self.verification =
            verification ?? Verification(store.scheme, store.knownContents)
        temporary = try store.makeTemporary(
            in: store.layout.root(of: encoding),
            isReplacing: part != nil
        )
    }

    /// Drops what was kept: it is not of use.
    func abandon() { temporary.keepNoMore() }

    /// Once no more of an earlier part is to come, this file takes its place.
    private func keepPart() throws(ObjectError) {
        guard let part, !isPartNamed, part.isReplayed else { return }
        isPartNamed = true
        try writingCache { () throws(SystemError) in try part.keep(&temporary, encoding) }
    }

    /// Carries all of the content into the temporary file; its digest and size.
    ///
    /// Throws `Unrecognised` if it was to be recognised and is something else.
    func transfer(scratch: ObjectScratch) throws -> (Digest, Int64) {
        let pieces = if case .pieces(let count, _) = source { count } else { Int.max }
        let progress = scratch.progress
        try store.runPipeline(pieces: pieces, orderedSteps: Step.allCases.count, scratch) {
            try self.carryPieces($0, $1, progress)
        }
        let trailer = encoding?.trailer(for: frames) ?? []
        try writingCache { () throws(SystemError) in try temporary.file.write(trailer) }
        let size = frames.reduce(0) { $0 + Int64($1.content) }
        return (try verification.finish(), size)
    }

    /// Gives the transferred content its name; false if an intact object has it already.
    func publish(as name: ObjectName, size: Int64) throws -> Bool {
        let existing = try store.find(name, among: store.presentForms())
        if let existing {
            if store.isIntact(existing, size: size), store.freshen(existing) { return false }
            try existing.path.removeFile()
        }
        return try store.publish(&temporary, as: name, encoding, replacing: nil)
    }

    /// Gives the transferred content its name in this form, whatever other forms there are; always true.
    func publishBeside(_ name: ObjectName) throws -> Bool {
        _ = try store.publish(&temporary, as: name, encoding, replacing: nil)
        return true
    }

    private func carryPieces(
        _ pipeline: PiecePipeline,
        _ scratch: ObjectScratch,
        _ progress: Progress?
    ) throws {
        while true {
            let piece = try pipeline.nextPiece()
            guard let content = try content(of: piece, pipeline, scratch) else { return }
            try verification.add(content, piece) {
                try pipeline.inTurn(piece, step: Step.hashing.rawValue, $0)
            }
            let bytes = try encode(content, scratch)
            try pipeline.inTurn(piece, step: Step.writing.rawValue) {
                try writingCache { () throws(SystemError) in try self.temporary.file.write(bytes) }
                try self.keepPart()
                self.frames.append(FrameSizes(encoded: bytes.count, content: content.count))
                progress?.advance(bytes: Int64(content.count))
            }
        }
    }

    /// Nil behind the last piece.
    private func content(
        of piece: Int,
        _ pipeline: PiecePipeline,
        _ scratch: ObjectScratch
    ) throws -> UnsafeRawBufferPointer? {
        switch source {
        case .pieces(let count, let read):
            return piece < count ? try read(piece, scratch) : nil
        case .stream(let read):
            let buffer = scratch.contentBuffer()
            let count = try pipeline.inTurn(piece, step: Step.reading.rawValue) {
                try self.readPiece(into: buffer, from: read)
            }
            return count == 0 ? nil : UnsafeRawBufferPointer(rebasing: buffer[..<count])
        }
    }

    private func readPiece(
        into buffer: UnsafeMutableRawBufferPointer,
        from read: (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws -> Int {
        if isAtEnd { return 0 }
        let count = try ObjectStore.fill(buffer, from: read)
        isAtEnd = count < buffer.count
        return count
    }

    private func encode(
        _ content: UnsafeRawBufferPointer,
        _ scratch: ObjectScratch
    ) throws -> UnsafeRawBufferPointer {
        guard let encoding else { return content }
        let count = try scratch.codec(for: encoding).encode(content, into: scratch.encoded)
        return UnsafeRawBufferPointer(rebasing: scratch.encoded[..<count])
    }
}
