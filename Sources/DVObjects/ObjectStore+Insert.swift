import DVHashing
import DVSystem

/// What an insertion stored, or found stored.
package struct InsertedObject: Hashable, Sendable {
    package let name: ObjectName
    /// Of exactly the bytes that were hashed.
    package let status: FileStatus
    /// False if the object was there already.
    package let isNew: Bool
}

extension ObjectStore {
    /// Hashes, encodes and stores a file in one pass over it; follows symbolic links.
    ///
    /// With `expecting`, a file with other content is refused with `ObjectError.unexpectedContent`. Also throws
    /// `SystemError` (the file cannot be read), `SourceError`, `ObjectError.unwritableCache` and `Interrupted`.
    package func insert(
        fileAt path: AbsolutePath,
        expecting: ObjectName? = nil,
        scratch: ObjectScratch
    ) throws -> InsertedObject {
        let source = try SourceFile(at: path)
        let isListing = expecting?.isListing ?? false
        guard source.status.size <= Encoding.frameSize else {
            return try insert(large: source, expecting: expecting, scratch: scratch)
        }
        let content = try source.readAll(into: scratch.contentBuffer())
        try source.checkUnchanged(after: Int64(content.count))
        let name = ObjectName(Digest(of: content, scheme: scheme), isListing: isListing)
        try check(name, content.count, is: expecting)
        let isNew = try store(content, as: name, scratch: scratch)
        scratch.hold(name, scheme, count: content.count)
        scratch.progress?.advance(bytes: Int64(content.count))
        return InsertedObject(name: name, status: source.status, isNew: isNew)
    }

    /// Stores content that is in memory, such as a listing; `isListing` adds `.dir` to its name.
    package func insert(
        bytes: [UInt8],
        isListing: Bool,
        scratch: ObjectScratch
    ) throws -> ObjectName {
        let name = ObjectName(Digest(of: bytes, scheme: scheme), isListing: isListing)
        try bytes.withUnsafeBytes { bytes in
            if bytes.count <= Encoding.frameSize {
                _ = try store(bytes, as: name, scratch: scratch)
                return
            }
            var rest = bytes[...]
            try insert(expecting: name, scratch: scratch) { buffer in
                let part = rest.prefix(buffer.count)
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
                rest = rest.dropFirst(part.count)
                return part.count
            }
        }
        return name
    }

    /// Refuses content that had to be `expected` and is not.
    func check(_ actual: ObjectName, _ size: Int, is expected: ObjectName?) throws {
        if let expected, expected != actual {
            throw ObjectError.unexpectedContent(expected, actual: actual.digest, size: Int64(size))
        }
    }

    /// Stores one frame of content under its name; false if an intact object was there.
    func store(
        _ content: UnsafeRawBufferPointer,
        as name: ObjectName,
        scratch: ObjectScratch
    ) throws -> Bool {
        let existing = try find(name, among: presentForms())
        if let existing, isIntact(existing, size: Int64(content.count)), freshen(existing) {
            return false
        }
        let (bytes, encoding) = try encodeIfWorthwhile(content, scratch: scratch)
        let folder = layout.path(of: name, encoding).parent
        var temporary = try makeTemporary(in: folder, isReplacing: existing != nil)
        try writingCache { () throws(SystemError) in try temporary.file.write(bytes) }
        return try publish(&temporary, as: name, encoding, replacing: existing)
    }

    /// By size alone: insertion trusts what is there, as reading checks everything.
    func isIntact(_ stored: StoredObject, size: Int64) -> Bool {
        do {
            return try contentSize(of: stored) == size
        } catch {
            return false
        }
    }

    /// The smallest form that the settings allow; encoded bytes are in the scratch.
    func encodeIfWorthwhile(
        _ content: UnsafeRawBufferPointer,
        scratch: ObjectScratch
    ) throws -> (UnsafeRawBufferPointer, Encoding?) {
        guard let encoding = settings.encoding, scheme == .md5, content.count > 0,
            settings.mayShrink(content.count),
            try content.count < Probe.threshold
                || Probe.isWorthwhile(content, encoding, settings, scratch)
        else { return (content, nil) }
        let encoded = try scratch.codec(for: encoding).encode(content, into: scratch.encoded)
        let sizes = FrameSizes(encoded: encoded, content: content.count)
        let trailer = encoding.trailer(for: [sizes])
        let total = encoded + trailer.count
        guard settings.isWorthwhile(encoded: total, plain: content.count) else {
            return (content, nil)
        }
        for (index, byte) in trailer.enumerated() { scratch.encoded[encoded + index] = byte }
        return (UnsafeRawBufferPointer(rebasing: scratch.encoded[..<total]), encoding)
    }
}

extension SourceFile {
    /// The whole content of a file of at most one frame, in `buffer`.
    func readAll(into buffer: UnsafeMutableRawBufferPointer) throws -> UnsafeRawBufferPointer {
        // One read usually does: the status afterwards tells that the file has not grown.
        var filled = 0
        while filled < status.size {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<Int(status.size)])
            let count = try file.readSome(into: rest)
            if count == 0 { break }
            filled += count
        }
        return UnsafeRawBufferPointer(rebasing: buffer[..<filled])
    }
}
