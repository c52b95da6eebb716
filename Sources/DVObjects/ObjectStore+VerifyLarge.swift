import DVHashing
import DVSystem

/// An open object that can lie in an array.
struct SharedObject {
    let stored: StoredObject
    let file: SharedFile

    init(_ object: consuming OpenObject) {
        stored = object.stored
        file = SharedFile(object.file)
    }
}

extension ObjectStore {
    /// Objects of more frames are decoded by several threads, one after the other: a lane would be busy with them for long
    /// after the others have ended.
    private static let mostFramesInLane = 64

    /// Hashes objects side by side, each in a lane that gets one frame after the other; empties `objects`.
    func check(
        _ objects: inout [SharedObject],
        _ scratch: ObjectScratch,
        _ findings: inout VerifyFindings
    ) throws {
        var readings: [FrameReading] = []
        for object in objects {
            try findings.note {
                let frames = try object.stored.index(of: object.file.file).frames
                // Of two, each is as fast by itself.
                if objects.count > 2, scheme == .md5, Self.fitLane(frames) {
                    readings.append(FrameReading(object, frames))
                } else {
                    try decode(large: object, scratch)
                }
            }
        }
        objects.removeAll(keepingCapacity: true)
        let digests = try scratch.batch.digests(count: readings.count) { index, room in
            try Interruption.check()
            var piece: LaneHasher.Piece?
            try findings.note { piece = try readings[index].next(scratch, room: room) }
            return piece
        }
        for (reading, digest) in zip(readings, digests) {
            guard let digest else { continue }
            try findings.note { try check(reading.object.stored, digest) }
        }
    }

    private func decode(large object: SharedObject, _ scratch: ObjectScratch) throws {
        try decode(large: object.stored, object.file.file, scratch, isThorough: true) { _, _ in }
    }

    /// Whether a lane can take the frames: not too many, of usual sizes, and of whole blocks but for the last.
    private static func fitLane(_ frames: [FrameIndex.Frame]) -> Bool {
        frames.count <= mostFramesInLane
            && frames.allSatisfy { (1...Encoding.frameSize).contains($0.sizes.content) }
            && frames.dropLast().allSatisfy { $0.sizes.content % 64 == 0 }
    }
}

/// An object on its way through a lane.
private struct FrameReading {
    let object: SharedObject
    private let frames: [FrameIndex.Frame]
    private var place = 0

    init(_ object: SharedObject, _ frames: [FrameIndex.Frame]) {
        self.object = object
        self.frames = frames
    }

    mutating func next(
        _ scratch: ObjectScratch,
        room: UnsafeMutableRawBufferPointer
    ) throws -> LaneHasher.Piece {
        let frame = frames[place]
        place += 1
        scratch.reserve(frame.sizes)
        let content = try object.stored.content(
            of: frame,
            in: object.file.file,
            scratch,
            room: UnsafeMutableRawBufferPointer(rebasing: room[..<frame.sizes.content])
        )
        scratch.progress?.advance(bytes: Int64(content.count))
        return LaneHasher.Piece(content, isLast: place == frames.count)
    }
}
