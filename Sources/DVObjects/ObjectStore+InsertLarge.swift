import DVHashing
import DVSystem

extension ObjectStore {
    /// Stores what `read` delivers, if it is the content of `name`; nothing becomes visible otherwise.
    ///
    /// `read` fills its buffer as far as it can and gives 0 at the end; it is called by one thread at a time, not always
    /// the same. What it throws passes through. Also throws `ObjectError` and `Interrupted`.
    package func insert(
        expecting name: ObjectName,
        size: Int64? = nil,
        scratch: ObjectScratch,
        from read: (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws {
        try withoutActuallyEscaping(read) { read in
            let first = try Self.fill(scratch.frame, from: read)
            let content = UnsafeRawBufferPointer(rebasing: scratch.frame[..<first])
            if first < Encoding.frameSize {
                let actual = ObjectName(
                    Digest(of: content, scheme: scheme),
                    isListing: name.isListing
                )
                try check(actual, first, is: name)
                _ = try store(content, as: name, scratch: scratch)
                scratch.progress?.advance(bytes: Int64(first))
                return
            }
            var held = [UInt8](content)[...]
            let insertion = try LargeInsertion(self, streamEncoding(content, scratch)) { buffer in
                if held.isEmpty { return try read(buffer) }
                let part = held.prefix(buffer.count)
                part.withUnsafeBytes { buffer.copyMemory(from: $0) }
                held = held.dropFirst(part.count)
                return part.count
            }
            _ = try complete(insertion, name, size, scratch)
        }
    }

    /// A file of more than one frame.
    func insert(
        large source: SourceFile,
        expecting: ObjectName?,
        scratch: ObjectScratch
    ) throws -> InsertedObject {
        let encoding = try fileEncoding(source, scratch)
        let insertion = try LargeInsertion(self, encoding) { try source.file.readSome(into: $0) }
        let (digest, size) = try insertion.transfer(
            expectedSize: source.status.size,
            scratch: scratch
        )
        try source.checkUnchanged(after: size)
        let name = ObjectName(digest, isListing: expecting?.isListing ?? false)
        if let expected = expecting, expected != name {
            throw ObjectError.unexpectedContent(expected, actual: digest, size: size)
        }
        let isNew = try insertion.publish(as: name, size: size)
        return InsertedObject(name: name, status: source.status, isNew: isNew)
    }

    private func complete(
        _ insertion: LargeInsertion,
        _ name: ObjectName,
        _ expectedSize: Int64?,
        _ scratch: ObjectScratch
    ) throws -> Bool {
        let (digest, size) = try insertion.transfer(expectedSize: expectedSize, scratch: scratch)
        guard digest == name.digest else {
            throw ObjectError.unexpectedContent(name, actual: digest, size: size)
        }
        return try insertion.publish(as: name, size: size)
    }

    /// Samples taken all over the file.
    private func fileEncoding(
        _ source: SourceFile,
        _ scratch: ObjectScratch
    ) throws -> Encoding? {
        guard scheme == .md5, let encoding = settings.encoding else { return nil }
        let isWorthwhile = try Probe.isWorthwhile(
            size: source.status.size,
            encoding,
            settings,
            scratch
        ) { try source.file.read(into: $0, at: $1) }
        return isWorthwhile ? encoding : nil
    }

    /// Samples taken from the first frame, as the rest of a stream is not here yet.
    private func streamEncoding(
        _ content: UnsafeRawBufferPointer,
        _ scratch: ObjectScratch
    ) throws -> Encoding? {
        guard scheme == .md5, let encoding = settings.encoding else { return nil }
        return try Probe.isWorthwhile(content, encoding, settings, scratch) ? encoding : nil
    }

    static func fill(
        _ buffer: UnsafeMutableRawBufferPointer,
        from read: (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = try read(UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if count == 0 { break }
            filled += count
        }
        return filled
    }
}
