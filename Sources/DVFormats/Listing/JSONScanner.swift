import DVHashing

/// What is wrong with a JSON text, and at which byte.
struct JSONProblem: Error {
    let offset: Int
    let problem: String
}

/// A cursor over the JSON of a directory listing.
struct JSONScanner {
    enum Key { case digest, path, other }

    private let input: UnsafeRawBufferPointer
    private(set) var offset = 0

    init(input: UnsafeRawBufferPointer) {
        self.input = input
    }

    func problem(_ text: String) -> JSONProblem {
        JSONProblem(offset: min(offset, input.count), problem: text)
    }

    /// Skips white space and then `character`, if it is next.
    @inline(__always)
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard offset < input.count, input[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    @inline(__always)
    mutating func expect(
        _ character: Unicode.Scalar,
        _ what: StaticString
    ) throws(JSONProblem) {
        guard skip(character) else { throw problem("expected \(what)") }
    }

    mutating func expectEnd() throws(JSONProblem) {
        skipSpace()
        guard offset == input.count else { throw problem("text after the end of the list") }
    }

    /// Reads a key and its colon.
    mutating func key() throws(JSONProblem) -> Key {
        try expect("\"", "a key")
        let key: Key
        if skipText(#"md5""#) {
            key = .digest
        } else if skipText(#"relpath""#) {
            key = .path
        } else {
            var ignored: [UInt8] = []
            try stringBody(into: &ignored)
            key = .other
        }
        try expect(":", "':'")
        return key
    }

    /// Reads a string of 32 hexadecimal digits.
    mutating func digest() throws(JSONProblem) -> Digest {
        try expect("\"", "an MD5 digest")
        guard offset + 33 <= input.count, input[offset + 32] == UInt8(ascii: "\""),
            let digest = Digest(
                hexDigits: UnsafeRawBufferPointer(rebasing: input[offset..<offset + 32])
            )
        else { throw problem("not an MD5 digest") }
        offset += 33
        return digest
    }

    /// Reads a string and appends the bytes of the file name that Python would make of it.
    mutating func string(into bytes: inout [UInt8]) throws(JSONProblem) {
        try expect("\"", "a string")
        try stringBody(into: &bytes)
    }

    /// Skips a value of any kind; nesting is limited, so that no file can exhaust the stack.
    mutating func skipValue(depth: Int = 0) throws(JSONProblem) {
        guard depth < 32 else { throw problem("values nested too deeply") }
        if skip("\"") {
            var ignored: [UInt8] = []
            try stringBody(into: &ignored)
        } else if skip("[") {
            if skip("]") { return }
            repeat { try skipValue(depth: depth + 1) } while skip(",")
            try expect("]", "',' or ']'")
        } else if skip("{") {
            if skip("}") { return }
            repeat {
                _ = try key()
                try skipValue(depth: depth + 1)
            } while skip(",")
            try expect("}", "',' or '}'")
        } else {
            try skipWord()
        }
    }
}

extension JSONScanner {
    @inline(__always)
    private mutating func skipSpace() {
        while offset < input.count {
            switch input[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func skipText(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard offset + length <= input.count else { return false }
        for index in 0..<length where input[offset + index] != text.utf8Start[index] {
            return false
        }
        offset += length
        return true
    }

    /// Skips a number, `true`, `false` or `null`.
    private mutating func skipWord() throws(JSONProblem) {
        let start = offset
        while offset < input.count {
            switch input[offset] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "E"):
                offset += 1
            default:
                if offset == start { throw problem("expected a value") }
                return
            }
        }
    }

    private mutating func stringBody(into bytes: inout [UInt8]) throws(JSONProblem) {
        var plain = offset
        while offset < input.count {
            let byte = input[offset]
            if byte == UInt8(ascii: "\"") {
                bytes.append(contentsOf: input[plain..<offset])
                offset += 1
                return
            }
            if byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: input[plain..<offset])
                try escape(into: &bytes)
                plain = offset
            } else if byte < 0x20 {
                throw problem("control character in a string")
            } else if byte < 0x80 {
                offset += 1
            } else {
                let scalar = PythonText.scalar(in: input, at: offset)
                if scalar.length == 1 { throw problem("text that is not UTF-8") }
                offset += scalar.length
            }
        }
        throw problem("string without an end")
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(JSONProblem) {
        guard offset + 1 < input.count else { throw problem("string without an end") }
        let kind = input[offset + 1]
        let plain: UInt8? =
            switch kind {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): kind
            case UInt8(ascii: "n"): 0x0A
            case UInt8(ascii: "r"): 0x0D
            case UInt8(ascii: "t"): 0x09
            case UInt8(ascii: "b"): 0x08
            case UInt8(ascii: "f"): 0x0C
            default: nil
            }
        if let plain {
            bytes.append(plain)
            offset += 2
        } else if kind == UInt8(ascii: "u") {
            try unicodeEscape(into: &bytes)
        } else {
            throw problem("unknown escape in a string")
        }
    }

    private mutating func unicodeEscape(into bytes: inout [UInt8]) throws(JSONProblem) {
        guard let first = unit(at: offset) else { throw problem("unknown escape in a string") }
        if (0xD800...0xDBFF).contains(first), let second = unit(at: offset + 6),
            (0xDC00...0xDFFF).contains(second)
        {
            offset += 12
            append(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), to: &bytes)
        } else if (0xDC80...0xDCFF).contains(first) {
            offset += 6
            bytes.append(UInt8(truncatingIfNeeded: first))
        } else {
            guard Unicode.Scalar(first) != nil else { throw problem("lone surrogate in a string") }
            offset += 6
            append(first, to: &bytes)
        }
    }

    private func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(scalar) else { return }
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    /// The number of a `\uXXXX` at `start`.
    private func unit(at start: Int) -> UInt32? {
        guard start + 6 <= input.count, input[start] == UInt8(ascii: "\\"),
            input[start + 1] == UInt8(ascii: "u")
        else { return nil }
        var value: UInt32 = 0
        for index in start + 2..<start + 6 {
            let byte = input[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                value = value << 4 | UInt32((byte | 0x20) - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return value
    }
}
