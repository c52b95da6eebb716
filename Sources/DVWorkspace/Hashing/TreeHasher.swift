import DVFormats
import DVHashing
import DVReporting
import DVSystem
import SystemPackage

/// Finds out what content a path has, reading only the files that the state store does not know.
package struct TreeHasher: Sendable {
    package let walk: WorkspaceWalk
    package let state: StateStore
    package let scheme: HashScheme
    /// Advanced by the bytes of every file; those known without reading count when they are found.
    package let progress: Progress?

    var pool: WorkerPool { walk.pool }

    package init(
        walk: WorkspaceWalk,
        state: StateStore,
        scheme: HashScheme = .md5,
        progress: Progress? = nil
    ) {
        self.walk = walk
        self.state = state
        self.scheme = scheme
        self.progress = progress
    }

    /// The content of the file or folder at `path`; nil if nothing is there.
    ///
    /// Throws `SystemError`, `SourceError` (a file that changes while it is read, twice), `WorkspaceError.untrackable`,
    /// `FormatError` or `Interrupted`.
    package func content(at path: AbsolutePath) throws -> WorkspaceContent? {
        guard let found = try FileStatus.ifPresent(path) else { return nil }
        let status = found.isSymbolicLink ? try statusBehindLink(path) : found
        if status.isDirectory { return .directory(try tree(at: path)) }
        guard status.isRegular else {
            throw WorkspaceError.untrackable([
                UntrackableFile(path: path, reason: try Self.specialKind(path))
            ])
        }
        return .file(try entry(at: path, status, isSymbolicLink: found.isSymbolicLink))
    }

    private func statusBehindLink(_ path: AbsolutePath) throws -> FileStatus {
        do throws(SystemError) {
            return try FileStatus.following(path)
        } catch {
            let reason: UntrackableFile.Reason =
                switch error.code {
                case .noSuchFileOrDirectory, .notDirectory: .brokenLink
                case .tooManySymbolicLinkLevels: .linkLoop
                default: throw error
                }
            throw WorkspaceError.untrackable([UntrackableFile(path: path, reason: reason)])
        }
    }

    private static func specialKind(
        _ path: AbsolutePath
    ) throws(SystemError) -> UntrackableFile.Reason {
        let parent = try OpenFile.open(path.parent, 0)
        return path.name.withCString { parent.specialKind($0) }
    }

    private func entry(
        at path: AbsolutePath,
        _ status: FileStatus,
        isSymbolicLink: Bool
    ) throws -> HashedEntry {
        progress?.expect(bytes: status.size, items: 1)
        var counters = HashCounters()
        var hashed: HashedFile
        if let digest = state.digest(of: path, status: status, scheme: scheme) {
            counters.known = 1
            progress?.advance(bytes: status.size)
            hashed = HashedFile(digest: digest, status: status)
        } else {
            let clock = state.clock()
            let hasher = FileHasher(scheme: scheme, progress: progress)
            hashed = try retryingOnce { try hasher.hash(fileAt: path) }
            state.record(
                hashed.digest,
                for: path,
                status: hashed.status,
                scheme: scheme,
                clock: clock
            )
            counters.hashed = 1
            counters.hashedBytes = hashed.status.size
        }
        progress?.advance(items: 1)
        return HashedEntry(
            path: path,
            digest: hashed.digest,
            status: hashed.status,
            isSymbolicLink: isSymbolicLink,
            counters: counters
        )
    }

    private func tree(at root: AbsolutePath) throws -> HashedTree {
        var run = HashRun(hasher: self, tree: try walk.tree(at: root))
        try run.hashUnknown()
        return try run.finish()
    }
}

/// Runs `body` again if a file changed while it was read; a second change is an error.
func retryingOnce<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch SourceError.changedWhileRead {
        return try body()
    }
}
