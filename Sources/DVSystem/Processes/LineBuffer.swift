/// Cuts a stream of bytes into lines, in bounded memory.
///
/// Like a terminal, it shows of a line that is rewritten with carriage returns only the last state; a line longer than
/// `limit` bytes is passed on in pieces.
struct LineBuffer {
    private var line: [UInt8] = []
    /// A carriage return was seen: the next byte overwrites the line, unless it ends it.
    private var isReturned = false
    private let limit: Int

    init(limit: Int = 65_536) {
        self.limit = limit
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer, _ emit: (String) -> Void) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                flush(emit)
            } else if byte == UInt8(ascii: "\r") {
                isReturned = true
            } else {
                add(byte, emit)
            }
        }
    }

    /// Passes on what is left without a line end.
    mutating func finish(_ emit: (String) -> Void) {
        if !line.isEmpty { flush(emit) }
    }

    private mutating func add(_ byte: UInt8, _ emit: (String) -> Void) {
        if isReturned {
            line.removeAll(keepingCapacity: true)
            isReturned = false
        }
        line.append(byte)
        if line.count >= limit { flush(emit) }
    }

    private mutating func flush(_ emit: (String) -> Void) {
        emit(String(decoding: line, as: UTF8.self))
        line.removeAll(keepingCapacity: true)
        isReturned = false
    }
}
