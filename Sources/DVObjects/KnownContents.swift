import DVHashing
import DVSystem
import Glibc
import Synchronization

/// Large contents that were verified by their digest once, and the check values by which they are recognised later.
///
/// Every byte is still read and checked, at the speed of memory. One file for a project, of records that are only added; lost,
/// damaged or unwritable, it costs time, never correctness, and never an error.
package final class KnownContents: Sendable {
    private struct Memory {
        let secret: CheckSecret
        var checks: [Digest: ContentCheck] = [:]
    }

    private enum State {
        case unread
        /// Nil if the file is of no use.
        case read(Memory?)
    }

    private let file: AbsolutePath
    private let state = Mutex<State>(.unread)
    private let recognised = Atomic<Int>(0)

    /// In `directory` (`.dvc/tmp/dvswift`), which is made when the first large content is met.
    package init(in directory: AbsolutePath) {
        file = directory.appending("contents")
    }

    /// How many contents were found good by their check values, without a digest; tests look at it.
    package var recognitions: Int { recognised.load(ordering: .relaxed) }

    func noteRecognition() { recognised.add(1, ordering: .relaxed) }

    func check(of digest: Digest) -> ContentCheck? {
        withMemory { $0?.checks[digest] }
    }

    /// Nil if nothing can be remembered.
    var secret: CheckSecret? { withMemory { $0?.secret } }

    /// Remembers a content that has just been verified by its digest.
    func remember(_ digest: Digest, _ check: ContentCheck) {
        withMemory { memory in
            guard let secret = memory?.secret, memory?.checks[digest] != check else { return }
            memory?.checks[digest] = check
            // Whole records are added at once, so that other processes may do the same.
            let record = ContentRecordCoding.encoded(digest, check, secret)
            do throws(SystemError) {
                try OpenFile.open(file, O_WRONLY | O_APPEND).write(record)
            } catch {}
        }
    }

    private func withMemory<Result: Sendable>(_ body: (inout Memory?) -> Result) -> Result {
        state.withLock { state in
            var memory: Memory?
            if case .read(let known) = state { memory = known } else { memory = read() }
            defer { state = .read(memory) }
            return body(&memory)
        }
    }

    private func read() -> Memory? {
        do throws(SystemError) {
            if let memory = Self.decode(try file.readBytesIfPresent() ?? []) { return memory }
            try start()
            return Self.decode(try file.readBytesIfPresent() ?? [])
        } catch {
            return nil
        }
    }

    /// A new file with a new secret; one that another process made meanwhile stays.
    private func start() throws(SystemError) {
        try file.parent.makeDirectories()
        try file.removeFile()
        var temporary = try TemporaryFile(
            in: file.parent,
            isReplacing: false,
            permissions: 0o600
        )
        try temporary.file.write(ContentRecordCoding.header(CheckSecret()))
        _ = try temporary.commit(at: file, isReplacing: false)
    }

    /// Nil for a file that is to be started anew: with a damaged head, or cut within a record.
    private static func decode(_ bytes: [UInt8]) -> Memory? {
        guard let secret = ContentRecordCoding.secret(of: bytes) else { return nil }
        var memory = Memory(secret: secret)
        let records = bytes[ContentRecordCoding.headerLength...]
        guard records.count % ContentRecordCoding.recordLength == 0 else { return nil }
        for start in stride(
            from: records.startIndex,
            to: records.endIndex,
            by: ContentRecordCoding.recordLength
        ) {
            let record = bytes[start..<start + ContentRecordCoding.recordLength]
            guard let (digest, check) = ContentRecordCoding.decode(Array(record), secret) else {
                continue
            }
            memory.checks[digest] = check
        }
        return memory
    }
}

/// The bytes of the file: a head with the secret, then records, each sealed by a check value of itself.
private enum ContentRecordCoding {
    private static let magic = Array("dvsC0001".utf8)
    static let headerLength = magic.count + CheckSecret.length
    /// Digest, check value and seal: five words.
    static let recordLength = 40

    static func header(_ secret: CheckSecret) -> [UInt8] { magic + secret.bytes }

    static func secret(of bytes: [UInt8]) -> CheckSecret? {
        guard bytes.count >= headerLength, bytes.starts(with: magic) else { return nil }
        return CheckSecret(Array(bytes[magic.count..<headerLength]))
    }

    static func encoded(
        _ digest: Digest,
        _ check: ContentCheck,
        _ secret: CheckSecret
    ) -> [UInt8] {
        let facts = [digest.high, digest.low, check.high, check.low].flatMap(bytes)
        return facts + bytes(secret.check(of: facts).low)
    }

    /// Nil for a damaged record.
    static func decode(
        _ record: [UInt8],
        _ secret: CheckSecret
    ) -> (Digest, ContentCheck)? {
        let words = record.withUnsafeBytes { bytes in
            (0..<5).map {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
            }
        }
        guard secret.check(of: Array(record[..<32])).low == words[4] else { return nil }
        return (
            Digest(high: words[0], low: words[1]), ContentCheck(high: words[2], low: words[3])
        )
    }

    private static func bytes(_ word: UInt64) -> [UInt8] {
        withUnsafeBytes(of: word.littleEndian) { Array($0) }
    }
}
