import DVReporting
import DVSystem

/// A file that cannot serve as a source of content.
package enum SourceError: Error, Hashable, Sendable {
    /// Its size, time or identity changed while it was read.
    case changedWhileRead(AbsolutePath)
    /// A directory, socket, pipe or device.
    case notRegularFile(AbsolutePath)
}

/// The digest of a file, and the status of exactly the bytes that were hashed.
package struct HashedFile: Hashable, Sendable {
    package let digest: Digest
    package let status: FileStatus

    package init(digest: Digest, status: FileStatus) {
        self.digest = digest
        self.status = status
    }
}

/// Hashes whole files with one buffer; make one per thread.
package final class FileHasher {
    let scheme: HashScheme
    let progress: Progress?
    let buffer: UnsafeMutableRawBufferPointer
    let lanes: LaneHasher

    package init(
        scheme: HashScheme = .md5,
        progress: Progress? = nil,
        kernel: LaneKernel = .fastest
    ) {
        self.scheme = scheme
        self.progress = progress
        lanes = LaneHasher(kernel: kernel)
        buffer = SpareMemory.take(1 << 20 + 4096)
    }

    deinit { SpareMemory.giveBack(buffer) }

    /// Follows symbolic links; throws `SystemError`, `SourceError` or `Interrupted`.
    package func hash(fileAt path: AbsolutePath) throws -> HashedFile {
        let source = try SourceFile(at: path)
        var hasher = StreamingHasher(scheme: scheme)
        while true {
            let count = try source.file.read(into: buffer)
            hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            progress?.advance(bytes: Int64(count))
            if count < buffer.count { break }
            try Interruption.check()
        }
        try source.checkUnchanged(after: hasher.byteCount)
        return HashedFile(digest: hasher.finish(), status: source.status)
    }
}

/// An open regular file with the status it had before the first read.
package final class SourceFile: Sendable {
    package let file: OpenFile
    package let status: FileStatus

    /// Follows symbolic links; never blocks on a pipe.
    package init(at path: AbsolutePath) throws {
        let file = try OpenFile.readingWithoutBlocking(path)
        let status = try file.status()
        guard status.isRegular else { throw SourceError.notRegularFile(path) }
        self.file = file
        self.status = status
    }

    /// Throws `SourceError.changedWhileRead` unless the file still is what it was and `count` bytes were all of it.
    package func checkUnchanged(after count: Int64) throws {
        let now = try file.status()
        guard count == status.size, now.size == status.size, now.modified == status.modified,
            now.changed == status.changed
        else { throw SourceError.changedWhileRead(file.path) }
    }
}
