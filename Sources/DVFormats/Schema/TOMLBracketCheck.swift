/// Finds table headers without a key (`[!x]`) and brackets that do not pair (`[}`).
///
/// The TOML library ends the process for them, where it throws for all other mistakes.
struct TOMLBracketCheck {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// The line and column of the first mistake.
    static func firstMistake(in bytes: [UInt8]) -> (line: Int, column: Int)? {
        bytes.withUnsafeBufferPointer { buffer in
            var check = TOMLBracketCheck(bytes: buffer)
            return check.run() ? nil : YAMLText.place(of: check.position, in: buffer)
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    private func byte(_ offset: Int = 0) -> UInt8 {
        position + offset < bytes.count ? bytes[position + offset] : YAMLText.newline
    }

    private mutating func run() -> Bool {
        while position < bytes.count {
            skipBlanks()
            if byte() == UInt8(ascii: "[") {
                position += byte(1) == UInt8(ascii: "[") ? 2 : 1
                skipBlanks()
                guard isKeyStart(byte()) else { return false }
            }
            guard skipStatement() else { return false }
        }
        return true
    }

    private func isKeyStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "\""), UInt8(ascii: "'"):
            true
        default: false
        }
    }

    private mutating func skipBlanks() {
        while position < bytes.count, byte() != YAMLText.newline, YAMLText.isSpace(byte()) {
            position += 1
        }
    }

    /// To the line behind a key with its value, which may take several lines in brackets or in a string.
    ///
    /// Returns false at a closing bracket of the wrong kind.
    private mutating func skipStatement() -> Bool {
        var open: [UInt8] = []
        while position < bytes.count {
            switch byte() {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString()
            case UInt8(ascii: "#"): while byte() != YAMLText.newline { position += 1 }
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                open.append(byte())
                position += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                // Both closing brackets come two places behind their opening ones.
                if let last = open.popLast(), last + 2 != byte() { return false }
                position += 1
            case YAMLText.newline:
                position += 1
                if open.isEmpty { return true }
            default: position += 1
            }
        }
        return true
    }

    private mutating func skipString() {
        let quote = byte()
        let isLong = byte(1) == quote && byte(2) == quote
        position += isLong ? 3 : 1
        while position < bytes.count {
            if byte() == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                position += 2
            } else if byte() == quote, !isLong || (byte(1) == quote && byte(2) == quote) {
                position += isLong ? 3 : 1
                return
            } else if byte() == YAMLText.newline, !isLong {
                return
            } else {
                position += 1
            }
        }
    }
}
