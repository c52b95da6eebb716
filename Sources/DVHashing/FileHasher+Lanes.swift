import DVReporting
import DVSystem

extension FileHasher {
    /// Hashes several files side by side, in the order of the paths; nil for one that changed while it was read.
    ///
    /// Follows symbolic links; throws as `hash(fileAt:)` does.
    package func hash(filesAt paths: [AbsolutePath]) throws -> [HashedFile?] {
        // What DVC 2 hashed is not the bytes of a file.
        guard scheme == .md5, paths.count > 1 else { return try paths.map(hashUnlessChanged) }
        var readings: [LaneReading?] = Array(repeating: nil, count: LaneHasher.laneCount)
        var statuses: [FileStatus?] = Array(repeating: nil, count: paths.count)
        var files: [HashedFile?] = Array(repeating: nil, count: paths.count)
        try lanes.hash(count: paths.count) { index, lane in
            try Interruption.check()
            do {
                var reading = try readings[lane] ?? LaneReading(SourceFile(at: paths[index]))
                let piece = try reading.next(into: room(of: lane), progress)
                readings[lane] = piece.isLast ? nil : reading
                if piece.isLast { statuses[index] = reading.source.status }
                return piece
            } catch SourceError.changedWhileRead {
                readings[lane] = nil
                return nil
            }
        } finished: { index, digest in
            files[index] = statuses[index].map { HashedFile(digest: digest, status: $0) }
        }
        return files
    }

    private func hashUnlessChanged(_ path: AbsolutePath) throws -> HashedFile? {
        do {
            return try hash(fileAt: path)
        } catch SourceError.changedWhileRead {
            return nil
        }
    }

    /// The part of the buffer that a lane reads into: all lanes together fit in a processor's own cache.
    private func room(of lane: Int) -> UnsafeMutableRawBufferPointer {
        let size = buffer.count / LaneHasher.laneCount
        return UnsafeMutableRawBufferPointer(rebasing: buffer[lane * size..<(lane + 1) * size])
    }
}

/// A file on its way through a lane.
private struct LaneReading {
    let source: SourceFile
    private var count: Int64 = 0

    init(_ source: SourceFile) { self.source = source }

    /// Behind the last piece the file is known to be what it was before the first.
    mutating func next(
        into room: UnsafeMutableRawBufferPointer,
        _ progress: Progress?
    ) throws -> LaneHasher.Piece {
        let wanted = Int(min(Int64(room.count), source.status.size - count))
        let part = UnsafeMutableRawBufferPointer(rebasing: room[..<wanted])
        let read = wanted == 0 ? 0 : try source.file.read(into: part)
        count += Int64(read)
        progress?.advance(bytes: Int64(read))
        let isLast = read < wanted || count == source.status.size
        if isLast { try source.checkUnchanged(after: count) }
        return LaneHasher.Piece(UnsafeRawBufferPointer(rebasing: part[..<read]), isLast: isLast)
    }
}
