import CHashing

/// What DVC 2 hashed: pieces of 1 MiB, each of which loses its CRs before LF if it looks like text.
///
/// Each piece is judged on its own, so one file can be converted in part; a CRLF across two pieces stays.
struct LineEndConverter {
    private static let pieceSize = 1 << 20
    private static let judgedSize = 512
    private var piece: [UInt8] = []

    /// Feeds the converted form of each piece that `bytes` complete to `stream`.
    mutating func append(_ bytes: UnsafeRawBufferPointer, to stream: inout chashing_md5) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.pieceSize - piece.count)
            piece.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            if piece.count == Self.pieceSize { finishPiece(to: &stream) }
        }
    }

    /// Feeds the last piece as well.
    mutating func finishPiece(to stream: inout chashing_md5) {
        let isText = Self.isText(piece.prefix(Self.judgedSize))
        let converted = isText ? Self.unixLines(of: piece) : piece
        chashing_md5_update(&stream, converted, converted.count)
        piece.removeAll(keepingCapacity: true)
    }

    /// No NUL, and at most 30 % of the bytes outside printable ASCII and its usual control characters.
    private static func isText(_ block: ArraySlice<UInt8>) -> Bool {
        if block.contains(0) { return false }
        let foreign = block.count {
            !(32..<127).contains($0) && !(8...10).contains($0) && $0 != 12 && $0 != 13
        }
        return foreign * 10 <= block.count * 3
    }

    private static func unixLines(of bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            let isBeforeLineFeed = index + 1 < bytes.count && bytes[index + 1] == 10
            if byte != 13 || !isBeforeLineFeed { result.append(byte) }
        }
        return result
    }
}
