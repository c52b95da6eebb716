import DVHashing
import DVSystem
import Synchronization

extension ObjectStore {
    /// Reads an object of many frames: decoded, hashed and handed to `write` (with its offset) side by side.
    ///
    /// Throws unless every byte is what the name says; what was written before that must not be used. A content that is known
    /// is recognised without its digest, unless `isThorough`. `write` may get everything twice.
    func decode(
        large stored: StoredObject,
        _ file: borrowing OpenFile,
        _ scratch: ObjectScratch,
        isThorough: Bool = false,
        write: @Sendable (UnsafeRawBufferPointer, Int64) throws -> Void
    ) throws {
        let frames = try stored.index(of: file).frames
        let progress = scratch.progress
        try knownContents.verify(stored.name, scheme, isThorough: isThorough) { verification in
            try runPipeline(pieces: frames.count, orderedSteps: 1, scratch) { pipeline, scratch in
                while true {
                    let piece = try pipeline.nextPiece()
                    guard piece < frames.count else { return }
                    let content = try stored.content(of: frames[piece], in: file, scratch)
                    try verification.add(content, piece) {
                        try pipeline.inTurn(piece, step: 0, $0)
                    }
                    try write(content, frames[piece].contentOffset)
                    progress?.advance(bytes: Int64(content.count))
                }
            }
            try check(stored, verification.finish())
        }
    }

    /// Runs `body` on several threads, each with a scratch; the calling thread's is `scratch`.
    func runPipeline(
        pieces: Int,
        orderedSteps: Int,
        _ scratch: ObjectScratch,
        _ body: @Sendable (PiecePipeline, ObjectScratch) throws -> Void
    ) throws {
        let own = Mutex<ObjectScratch?>(scratch)
        // One thread more than processors, so that waiting for a turn leaves none idle.
        let threads = min(pieces, WorkerPool.processorCount + 1)
        try PiecePipeline.run(threads: threads, orderedSteps: orderedSteps) { pipeline in
            if let scratch = own.withLock({ $0.take() }) {
                try body(pipeline, scratch)
            } else {
                try withSpareScratch { try body(pipeline, $0) }
            }
        }
    }
}

extension StoredObject {
    /// One frame's content, in the scratch.
    func content(
        of frame: FrameIndex.Frame,
        in file: borrowing OpenFile,
        _ scratch: ObjectScratch
    ) throws -> UnsafeRawBufferPointer {
        scratch.reserve(frame.sizes)
        let content = scratch.contentBuffer(frame.sizes.content)
        return try self.content(of: frame, in: file, scratch, room: content)
    }

    /// One frame's content, in room for exactly that; the scratch has room for it encoded.
    func content(
        of frame: FrameIndex.Frame,
        in file: borrowing OpenFile,
        _ scratch: ObjectScratch,
        room content: UnsafeMutableRawBufferPointer
    ) throws -> UnsafeRawBufferPointer {
        let bytes = encoding == nil ? content : scratch.encodedBuffer(frame.sizes.encoded)
        guard try file.read(into: bytes, at: frame.offset) == bytes.count else {
            throw corrupt(.truncated)
        }
        guard let encoding else { return UnsafeRawBufferPointer(content) }
        do {
            try scratch.codec(for: encoding).decode(UnsafeRawBufferPointer(bytes), into: content)
        } catch {
            throw try corruption(error)
        }
        return UnsafeRawBufferPointer(content)
    }
}
