import DVHashing

extension DirectoryListing {
    /// The bytes of the `.dir` object, as DVC writes them.
    package func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(names.count + count * 66 + 2)
        serialize { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// The name of the `.dir` object: the MD5 of its bytes.
    package func objectName() -> ObjectName {
        var hasher = StreamingHasher()
        serialize { hasher.update($0) }
        return ObjectName(hasher.finish(), isListing: true)
    }

    /// Passes the bytes of the `.dir` object to `body` in pieces of about 64 KiB.
    package func serialize<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var text = ListingText(of: self)
        while let piece = text.next() { try body(piece) }
    }

    fileprivate var longestName: Int {
        var (longest, start) = (0, 0)
        for end in ends {
            longest = Swift.max(longest, end - start)
            start = end
        }
        return longest
    }
}

/// The bytes of a `.dir` object, as DVC writes them, a piece at a time: the whole text is never in memory.
package struct ListingText: ~Copyable {
    private let listing: DirectoryListing
    private var output: ListingOutput
    private var nextEntry = 0
    private var hasEnded = false
    /// What `read` has not given out yet of the last piece.
    private var rest = UnsafeRawBufferPointer(start: nil, count: 0)

    package init(of listing: DirectoryListing) {
        self.listing = listing
        output = ListingOutput(longestName: listing.longestName)
    }

    deinit { output.free() }

    /// Fills `buffer` from the start with what comes next; 0 at the end.
    package mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        while filled < buffer.count {
            if rest.isEmpty {
                guard let piece = next() else { break }
                rest = piece
            }
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(buffer.count - filled))
            UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(from: part)
            filled += part.count
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
        }
        return filled
    }

    /// The next 64 KiB or so, valid until the next call; nil at the end.
    mutating func next() -> UnsafeRawBufferPointer? {
        if hasEnded { return nil }
        if nextEntry == 0 { output.write("[") }
        while nextEntry < listing.count, !output.isFull {
            write(nextEntry)
            nextEntry += 1
        }
        if nextEntry == listing.count {
            output.write("]")
            hasEnded = true
        }
        return output.takeAll()
    }

    private mutating func write(_ index: Int) {
        output.write(index == 0 ? #"{"md5": ""# : #", {"md5": ""#)
        output.write(listing.digest(at: index))
        output.write(#"", "relpath": ""#)
        listing.withPath(at: index) { output.writeEscaped($0) }
        output.write(#""}"#)
    }
}

/// A buffer with room for one more entry whenever it is not full.
private struct ListingOutput {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private let limit: Int
    private var count = 0

    /// An escaped character takes at most six bytes for each of its own.
    init(longestName: Int) {
        limit = 1 << 16
        buffer = .allocate(capacity: limit + 128 + 6 * longestName)
    }

    func free() { buffer.deallocate() }

    var isFull: Bool { count >= limit }

    mutating func takeAll() -> UnsafeRawBufferPointer {
        defer { count = 0 }
        return UnsafeRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
    }

    mutating func write(_ text: StaticString) {
        UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[count...]))
            .copyMemory(
                from: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            )
        count += text.utf8CodeUnitCount
    }

    mutating func write(_ digest: Digest) {
        digest.writeHex(into: UnsafeMutableBufferPointer(rebasing: buffer[count...]))
        count += 32
    }

    mutating func writeEscaped(_ name: UnsafeRawBufferPointer) {
        var index = 0
        while index < name.count {
            let byte = name[index]
            if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                buffer[count] = byte
                count += 1
                index += 1
            } else {
                let scalar = PythonText.scalar(in: name, at: index)
                writeEscape(of: scalar.value)
                index += scalar.length
            }
        }
    }

    private mutating func writeEscape(of scalar: UInt32) {
        switch scalar {
        case 0x22: write(#"\""#)
        case 0x5C: write(#"\\"#)
        case 0x0A: write(#"\n"#)
        case 0x0D: write(#"\r"#)
        case 0x09: write(#"\t"#)
        case 0x08: write(#"\b"#)
        case 0x0C: write(#"\f"#)
        case 0x10000...:
            writeUnit(0xD800 + (scalar - 0x10000) >> 10)
            writeUnit(0xDC00 + (scalar - 0x10000) & 0x3FF)
        default: writeUnit(scalar)
        }
    }

    private mutating func writeUnit(_ unit: UInt32) {
        write(#"\u"#)
        for place in 0..<4 {
            let digit = UInt8(unit >> UInt32(12 - 4 * place) & 15)
            buffer[count] = digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a")
            count += 1
        }
    }
}
