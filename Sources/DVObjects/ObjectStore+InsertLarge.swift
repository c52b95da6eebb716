import DVHashing
import DVSystem

extension ObjectStore {
    /// Stores what `read` delivers, if it is the content of `name`; nothing becomes visible otherwise.
    ///
    /// `read` fills its buffer as far as it can and gives 0 at the end; it is called by one thread at a time, not always
    /// the same. What it throws passes through. Also throws `ObjectError` and `Interrupted`.
    package func insert(
        expecting name: ObjectName,
        scratch: ObjectScratch,
        from read: (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws {
        _ = try insert(stream: read, Expectation(name), keeping: nil, scratch)
    }

    /// The same; with a `part`, what came before a failure stays in it.
    func insert(
        expecting name: ObjectName,
        scratch: ObjectScratch,
        keeping part: ObjectPart?,
        from read: (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws {
        _ = try insert(stream: read, Expectation(name), keeping: part, scratch)
    }

    /// Stores what `read` delivers under the name that it turns out to have; gives that and the number of bytes.
    ///
    /// All else is as with a name that is expected; `isListing` adds `.dir` to it.
    package func insert(
        isListing: Bool = false,
        scratch: ObjectScratch,
        from read: (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws -> (name: ObjectName, size: Int64) {
        try insert(stream: read, Expectation(isListing: isListing), keeping: nil, scratch)
    }

    private func insert(
        stream read: (UnsafeMutableRawBufferPointer) throws -> Int,
        _ expected: Expectation,
        keeping part: ObjectPart?,
        _ scratch: ObjectScratch
    ) throws -> (name: ObjectName, size: Int64) {
        try withoutActuallyEscaping(read) { read in
            let buffer = scratch.contentBuffer()
            let first = try Self.fill(buffer, from: read)
            let content = UnsafeRawBufferPointer(rebasing: buffer[..<first])
            if first < Encoding.frameSize {
                return try insert(small: content, expected, scratch)
            }
            var held = [UInt8](content)[...]
            let encoding = try streamEncoding(content, scratch)
            let stream = LargeInsertion.Source.stream { buffer in
                if held.isEmpty { return try read(buffer) }
                let part = held.prefix(buffer.count)
                part.withUnsafeBytes { buffer.copyMemory(from: $0) }
                held = held.dropFirst(part.count)
                return part.count
            }
            let insertion = try LargeInsertion(self, encoding, from: stream, keeping: part)
            return try complete(insertion, expected, scratch)
        }
    }

    /// Stores the content of `name` from another store, if it is there and sound; nothing becomes visible otherwise.
    ///
    /// A small object stays in the scratch, from which `restore` takes it. What the source's `readAhead` put there is not
    /// read again. Already here is fine.
    package func insert(
        _ name: ObjectName,
        from source: ObjectStore,
        scratch: ObjectScratch
    ) throws {
        if let content = scratch.heldContent(of: name, source.scheme) {
            _ = try store(content, as: name, scratch: scratch)
            return
        }
        let object = try source.open(name)
        if let content = try source.smallContent(of: object.stored, in: object.file, scratch) {
            _ = try store(content, as: name, scratch: scratch)
            scratch.progress?.advance(bytes: Int64(content.count))
            return
        }
        try insert(large: object, from: source, scratch)
    }

    private func insert(
        large object: consuming OpenObject,
        from source: ObjectStore,
        _ scratch: ObjectScratch
    ) throws {
        let stored = object.stored
        let frames = try stored.index(of: object.file).frames
        guard let first = frames.first else { throw stored.corrupt(.truncated) }
        let sample = try stored.content(of: first, in: object.file, scratch)
        let encoding = try streamEncoding(sample, scratch)
        let file = SharedFile(object.file)
        let pieces = LargeInsertion.Source.pieces(count: frames.count) { piece, scratch in
            try stored.content(of: frames[piece], in: file.file, scratch)
        }
        let insert = { (verification: Verification) in
            let insertion = try LargeInsertion(
                self,
                encoding,
                from: pieces,
                verifying: verification
            )
            _ = try self.complete(insertion, Expectation(stored.name), scratch)
        }
        if source.knownContents != nil {
            try source.knownContents.verify(stored.name, scheme, insert)
        } else {
            // What comes from elsewhere is always hashed, and known here from then on.
            try insert(Verification(scheme, knownContents))
        }
    }

    private func insert(
        small content: UnsafeRawBufferPointer,
        _ expected: Expectation,
        _ scratch: ObjectScratch
    ) throws -> (name: ObjectName, size: Int64) {
        let digest = Digest(of: content, scheme: scheme)
        let name = ObjectName(digest, isListing: expected.isListing)
        try check(name, content.count, is: expected.name)
        _ = try store(content, as: name, scratch: scratch)
        scratch.hold(name, scheme, count: content.count)
        scratch.progress?.advance(bytes: Int64(content.count))
        return (name, Int64(content.count))
    }

    /// A file of more than one frame.
    func insert(
        large source: SourceFile,
        expecting: ObjectName?,
        scratch: ObjectScratch
    ) throws -> InsertedObject {
        let encoding = try fileEncoding(source, scratch)
        let insertion = try LargeInsertion(self, encoding, from: source.pieces)
        let (digest, size) = try insertion.transfer(scratch: scratch)
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
        _ expected: Expectation,
        _ scratch: ObjectScratch
    ) throws -> (name: ObjectName, size: Int64) {
        let (digest, size) = try insertion.transfer(scratch: scratch)
        if let expected = expected.name, expected.digest != digest {
            insertion.abandon()
            throw ObjectError.unexpectedContent(expected, actual: digest, size: size)
        }
        let name = ObjectName(digest, isListing: expected.isListing)
        _ = try insertion.publish(as: name, size: size)
        return (name, size)
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
    func streamEncoding(
        _ content: UnsafeRawBufferPointer,
        _ scratch: ObjectScratch
    ) throws -> Encoding? {
        guard scheme == .md5, let encoding = settings.encoding else { return nil }
        return try Probe.isWorthwhile(content, encoding, settings, scratch) ? encoding : nil
    }

    /// Reads until the buffer is full or the content ends.
    package static func fill(
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

/// An open file that several threads read at offsets of their own.
final class SharedFile: Sendable {
    let file: OpenFile

    init(_ file: consuming OpenFile) { self.file = file }
}

extension SourceFile {
    /// The file cut into frames, read at their offsets.
    fileprivate var pieces: LargeInsertion.Source {
        let step = Int64(Encoding.frameSize)
        return .pieces(count: Int((status.size + step - 1) / step)) { piece, scratch in
            let buffer = scratch.contentBuffer()
            let count = try self.file.read(into: buffer, at: Int64(piece) * step)
            return UnsafeRawBufferPointer(rebasing: buffer[..<count])
        }
    }
}

/// What is known beforehand of the name of a content.
private struct Expectation {
    /// Nil if any content will do.
    let name: ObjectName?
    let isListing: Bool

    init(_ name: ObjectName) {
        self.name = name
        isListing = name.isListing
    }

    init(isListing: Bool) {
        name = nil
        self.isListing = isListing
    }
}
