import DVHashing
import DVSystem
import Glibc
import SystemPackage

/// What turned up while a tree's files were asked for their status.
struct StatusFindings: Sendable {
    var problems: [UntrackableFile] = []
    var skipped: [SkippedEntry] = []
    fileprivate var dropped = 0
}

extension FileTree {
    /// Asks for the status of every file, once each, in parallel; files that are gone leave the tree.
    mutating func readStatus(with pool: WorkerPool) throws -> StatusFindings {
        guard count > 0 else { return StatusFindings() }
        let folder = try StatusReader(
            root: OpenFile.open(root, O_RDONLY | O_DIRECTORY),
            paths: paths
        )
        let count = entries.count
        let parts = try entries.withUnsafeMutableBufferPointer { buffer in
            // Batches touch disjoint ranges.
            nonisolated(unsafe) let entries = buffer
            return try pool.map(count: count, batchSize: 512, worker: {}) { _, range in
                try folder.read(range, into: entries)
            }
        }
        let findings = parts.reduce(into: StatusFindings()) { all, part in
            all.problems += part.problems
            all.skipped += part.skipped
            all.dropped += part.dropped
        }
        if findings.dropped > 0 { removeDropped() }
        return findings
    }

    private mutating func removeDropped() {
        let all = self
        paths = []
        entries = []
        for index in all.entries.indices where all.entries[index].mode & Entry.dropped == 0 {
            var entry = all.entries[index]
            paths.append(contentsOf: all.paths[all.pathRange(at: index)])
            paths.append(0)
            entry.pathEnd = paths.count
            entries.append(entry)
        }
    }
}

/// The folder whose files a thread is asking about, held open: the kernel then looks up one name for each file.
private struct HeldFolder: ~Copyable {
    /// Relative to the root, with a slash behind it.
    private var path = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var file: OpenFile?

    /// Opening a folder pays from this many files on.
    static let worthwhile = 8

    /// Whether the file at `path` lies in this folder.
    @inline(__always)
    func contains(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let file = path.baseAddress, path.count > self.path.count else { return false }
        if let folder = self.path.baseAddress, memcmp(file, folder, self.path.count) != 0 {
            return false
        }
        let slash = Int32(UInt8(ascii: "/"))
        return memchr(file + self.path.count, slash, path.count - self.path.count) == nil
    }

    /// Goes to the folder of the file at `path`; `isLarge` tells whether many files in it are to follow.
    mutating func enter(
        folderOf path: UnsafeBufferPointer<UInt8>,
        below root: borrowing OpenFile,
        isLarge: (UnsafeBufferPointer<UInt8>) -> Bool
    ) {
        let end = path.lastIndex(of: UInt8(ascii: "/")) ?? -1
        self.path = UnsafeBufferPointer(rebasing: path[...end])
        file = nil
        guard !self.path.isEmpty, isLarge(self.path) else { return }
        let name = self.path.dropLast().map { CChar(bitPattern: $0) } + [0]
        // Where it cannot be opened, asking from the root tells why.
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW
        file = try? root.openBelow(name, flags, path: root.path)
    }

    /// The status of the file at `path`, which lies in this folder.
    @inline(__always)
    func status(
        at path: UnsafePointer<CChar>,
        below root: borrowing OpenFile,
        following: Bool
    ) -> Result<FileStatus, Errno> {
        switch file {
        case .some(let file): file.statusBelow(path + self.path.count, following: following)
        case .none: root.statusBelow(path, following: following)
        }
    }
}

private final class StatusReader: Sendable {
    private let root: OpenFile
    private let paths: [UInt8]

    init(root: consuming OpenFile, paths: [UInt8]) {
        self.root = root
        self.paths = paths
    }

    func read(
        _ range: Range<Int>,
        into entries: UnsafeMutableBufferPointer<FileTree.Entry>
    ) throws -> StatusFindings {
        var findings = StatusFindings()
        try paths.withUnsafeBufferPointer { paths in
            var held = HeldFolder()
            var start = range.lowerBound == 0 ? 0 : entries[range.lowerBound - 1].pathEnd
            for index in range {
                let path = UnsafeBufferPointer(rebasing: paths[start..<entries[index].pathEnd])
                start = entries[index].pathEnd
                if !held.contains(path) {
                    held.enter(folderOf: path, below: root) { folder in
                        // Sorted paths: if a later one is in the folder, all between are.
                        let later = index + HeldFolder.worthwhile
                        return later < range.upperBound
                            && paths[entries[later - 1].pathEnd...].starts(with: folder)
                    }
                }
                try readStatus(of: &entries[index], at: path, held, &findings)
            }
        }
        return findings
    }

    private func readStatus(
        of entry: inout FileTree.Entry,
        at path: UnsafeBufferPointer<UInt8>,
        _ held: borrowing HeldFolder,
        _ findings: inout StatusFindings
    ) throws {
        guard let base = path.baseAddress else { return }
        let isLink = entry.mode & FileTree.Entry.symbolicLink != 0
        let result = base.withMemoryRebound(to: CChar.self, capacity: path.count) {
            held.status(at: $0, below: root, following: isLink)
        }
        switch result {
        case .success(let status) where status.isRegular: entry.set(status)
        case .success(let status) where status.isDirectory && isLink:
            findings.skipped.append(SkippedEntry(path: absolute(path), reason: .linkToFolder))
            drop(&entry, &findings)
        case .success, .failure:
            if let reason = try problem(result, isLink: isLink, at: path) {
                findings.problems.append(UntrackableFile(path: absolute(path), reason: reason))
            }
            drop(&entry, &findings)
        }
    }

    private func drop(_ entry: inout FileTree.Entry, _ findings: inout StatusFindings) {
        entry.mode |= FileTree.Entry.dropped
        findings.dropped += 1
    }

    /// Nil for a file that is gone or that became something else since its folder was listed.
    private func problem(
        _ result: Result<FileStatus, Errno>,
        isLink: Bool,
        at path: UnsafeBufferPointer<UInt8>
    ) throws -> UntrackableFile.Reason? {
        switch result {
        case .failure(.noSuchFileOrDirectory): return isLink ? .brokenLink : nil
        case .failure(.notDirectory): return isLink ? .brokenLink : nil
        case .failure(.tooManySymbolicLinkLevels): return .linkLoop
        case .failure(let code):
            throw SystemError("stat", absolute(path).string, code: code)
        case .success(let status) where status.kind == .other:
            let relative = path.map { CChar(bitPattern: $0) }
            return root.specialKind(relative)
        case .success: throw SourceError.changedWhileRead(absolute(path))
        }
    }

    private func absolute(_ path: UnsafeBufferPointer<UInt8>) -> AbsolutePath {
        root.path.appending(RelativePath(bytes: path.dropLast()) ?? .empty)
    }
}
