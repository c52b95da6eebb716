/// Pieces of a file as requests have them, of which many may be under way.
struct SFTPPieces {
    private static let bytesUnderWay = 2 << 20

    let size: Int
    var mostUnderWay: Int { Self.bytesUnderWay / size }

    /// Every server takes 32 KiB at once; those that tell their limits, which are OpenSSH's, take 255 KiB.
    init(_ session: SFTPSession) {
        size = session.extensions.contains("limits@openssh.com") ? 240 << 10 : 32 << 10
    }
}

/// A file that is read ahead: while pieces are used, the next ones are on their way.
final class SFTPContent: IncomingContent {
    private struct Piece {
        let number: UInt32
        let offset: UInt64
        let count: Int
    }

    let size: Int64?
    let tag: String?
    private let session: SFTPSession
    private let handle: [UInt8]
    private let address: String
    private let sizes: SFTPPieces
    private let end: UInt64
    private var nextOffset: UInt64
    private var pieces: [Piece] = []
    private var data: ArraySlice<UInt8> = []

    init(_ session: SFTPSession, _ handle: [UInt8], from offset: Int64, at address: String) throws {
        self.session = session
        self.handle = handle
        self.address = address
        sizes = SFTPPieces(session)
        nextOffset = UInt64(offset)
        // The first piece is asked for along with the size, and is all of a small file.
        let question = try session.send(.fileStatus) { $0.add(handle) }
        let first = try Self.ask(session, handle, nextOffset, sizes.size)
        var answer = try session.answer(to: question)
        guard answer.kind == .answerAttributes, let attributes = answer.attributes(),
            let size = attributes.size
        else {
            session.ignore(first)
            throw session.error(answer, address)
        }
        end = size
        self.size = Int64(clamping: size)
        tag = "\(size)-\(attributes.modified ?? 0)"
        guard nextOffset < end else {
            session.ignore(first)
            return
        }
        let count = Int(min(UInt64(sizes.size), end - nextOffset))
        pieces.append(Piece(number: first, offset: nextOffset, count: count))
        nextOffset += UInt64(count)
    }

    deinit {
        for piece in pieces { session.ignore(piece.number) }
        if let number = try? session.send(.close, { $0.add(handle) }) { session.ignore(number) }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while data.isEmpty {
            try request()
            guard !pieces.isEmpty else { return 0 }
            try receive(pieces.removeFirst())
        }
        let part = data.prefix(buffer.count)
        part.withUnsafeBytes { buffer.copyMemory(from: $0) }
        data = data.dropFirst(part.count)
        return part.count
    }

    private func request() throws {
        while nextOffset < end, pieces.count < sizes.mostUnderWay {
            let count = Int(min(UInt64(sizes.size), end - nextOffset))
            pieces.append(try piece(at: nextOffset, count))
            nextOffset += UInt64(count)
        }
    }

    private func piece(at offset: UInt64, _ count: Int) throws -> Piece {
        let number = try Self.ask(session, handle, offset, count)
        return Piece(number: number, offset: offset, count: count)
    }

    private static func ask(
        _ session: SFTPSession,
        _ handle: [UInt8],
        _ offset: UInt64,
        _ count: Int
    ) throws -> UInt32 {
        try session.send(.read) {
            $0.add(handle)
            $0.add(offset)
            $0.add(UInt32(count))
        }
    }

    private func receive(_ piece: Piece) throws {
        var answer = try session.answer(to: piece.number)
        guard answer.kind == .answerData, let bytes = answer.string(), !bytes.isEmpty else {
            var copy = answer
            if answer.kind == .answerStatus, copy.number() == SFTPStatus.end {
                throw StorageError(.interrupted("the file is shorter than it was"), at: address)
            }
            throw session.error(answer, address)
        }
        // The first piece was asked for before the size was known.
        data = bytes.prefix(piece.count)
        // A server may give less than asked for.
        if bytes.count < piece.count {
            let rest = try self.piece(
                at: piece.offset + UInt64(bytes.count),
                piece.count - bytes.count
            )
            pieces.insert(rest, at: 0)
        }
    }
}

/// Writes a content into an open file, many pieces under way, and closes it.
struct SFTPUpload {
    private let session: SFTPSession
    private let handle: [UInt8]
    private let address: String

    init(_ session: SFTPSession, _ handle: [UInt8], at address: String) {
        self.session = session
        self.handle = handle
        self.address = address
    }

    /// Every answer has been seen when it returns.
    func send(_ content: any OutgoingContent) throws {
        var underWay: ArraySlice<UInt32> = []
        var offset: UInt64 = 0
        let sizes = SFTPPieces(session)
        var buffer = [UInt8](repeating: 0, count: Int(min(Int64(sizes.size), max(1, content.size))))
        while true {
            let count = try buffer.withUnsafeMutableBytes { try content.read(into: $0) }
            if count == 0 { break }
            underWay.append(
                try session.send(.write) {
                    $0.add(handle)
                    $0.add(offset)
                    $0.add(buffer[..<count])
                }
            )
            offset += UInt64(count)
            while underWay.count >= sizes.mostUnderWay {
                try session.checkFine(session.answer(to: underWay.removeFirst()), address)
            }
        }
        // No answer is waited for in between: what the server has is asked along with its end.
        let question = try session.send(.fileStatus) { $0.add(handle) }
        underWay.append(try session.send(.close) { $0.add(handle) })
        for number in underWay { try session.checkFine(session.answer(to: number), address) }
        var answer = try session.answer(to: question)
        guard answer.kind == .answerAttributes,
            answer.attributes()?.size == offset, offset == UInt64(content.size)
        else {
            throw StorageError(.interrupted("the server has another size"), at: address)
        }
    }
}
