import DVFormats
import DVHashing
import DVObjects
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
    /// With a store, every object is in it afterwards, the listing of a folder too: files are hashed and stored in one
    /// reading. Throws `SystemError`, `SourceError` (a file that changes while it is read, twice),
    /// `WorkspaceError.untrackable`, `FormatError`, `ObjectError` or `Interrupted`.
    package func content(
        at path: AbsolutePath,
        storingIn store: ObjectStore? = nil
    ) throws -> WorkspaceContent? {
        guard let found = try FileStatus.ifPresent(path) else { return nil }
        guard let status = found.isSymbolicLink ? try statusBehindLink(path) : found else {
            return nil
        }
        if status.isDirectory { return .directory(try tree(at: path, store)) }
        guard status.isRegular else {
            throw WorkspaceError.untrackable([
                UntrackableFile(path: path, reason: try Self.specialKind(path))
            ])
        }
        let source = SourceReader(hasher: self, store: store)
        let (file, counters) = try source.readUnlessKnown(path, status)
        return .file(
            HashedEntry(
                path: path,
                digest: file.digest,
                status: file.status,
                isSymbolicLink: found.isSymbolicLink,
                counters: counters
            )
        )
    }

    /// Nil for a link to an object that is not there.
    private func statusBehindLink(_ path: AbsolutePath) throws -> FileStatus? {
        do throws(SystemError) {
            return try FileStatus.following(path)
        } catch {
            let reason: UntrackableFile.Reason =
                switch error.code {
                case .noSuchFileOrDirectory, .notDirectory: .brokenLink
                case .tooManySymbolicLinkLevels: .linkLoop
                default: throw error
                }
            if reason == .brokenLink, try walk.leadsToObject(path) { return nil }
            throw WorkspaceError.untrackable([UntrackableFile(path: path, reason: reason)])
        }
    }

    private static func specialKind(
        _ path: AbsolutePath
    ) throws(SystemError) -> UntrackableFile.Reason {
        let parent = try OpenFile.open(path.parent, 0)
        return path.name.withCString { parent.specialKind($0) }
    }

    private func tree(at root: AbsolutePath, _ store: ObjectStore?) throws -> HashedTree {
        var run = try HashRun(hasher: self, store: store, tree: try walk.tree(at: root))
        try run.readUnknown()
        try run.storeMissing()
        return try run.finish()
    }
}
