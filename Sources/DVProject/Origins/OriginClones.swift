import DVGit
import DVHashing
import DVSystem

/// Bare clones of repositories that are not on this machine, one for each address, in the user's cache folder.
struct OriginClones {
    private let folder: AbsolutePath
    private let context: OriginContext

    init(_ context: OriginContext) {
        self.context = context
        folder = context.cacheFolder.appending("clones")
    }

    /// The clone, brought up to date unless `revision` is a commit that it has; one process at a time updates it.
    func repository(for url: String, revision: String?) throws -> GitRepository {
        let name = Digest(of: Array(url.utf8)).hex
        let path = folder.appending(name)
        if let revision, Self.isCommit(revision), let git = try GitRepository.open(at: path),
            try git.commit(named: revision) != nil
        {
            return git
        }
        try folder.makeDirectories()
        let lock = try FileLock(at: folder.appending(name + ".lock")) { _ in
            context.reporter.report(.notice("Waiting for another clone of '\(url)'…"))
        }
        defer { withExtendedLifetime(lock) {} }
        return try update(path, url)
    }

    private func update(_ path: AbsolutePath, _ url: String) throws -> GitRepository {
        do {
            let git =
                if let known = try GitRepository.open(at: path) { known } else {
                    try GitRepository.createBare(at: path)
                }
            try git.mirror(url, access)
            return git
        } catch let error as GitError {
            throw OriginError.unreachable(url: url, cause: error)
        } catch let error as GitAccessError {
            throw OriginError.unreachable(url: url, cause: error)
        }
    }

    private var access: GitAccess {
        GitAccess(environment: context.environment, in: context.workingDirectory)
    }

    private static func isCommit(_ revision: String) -> Bool {
        revision.utf8.count == 40 && revision.allSatisfy(\.isHexDigit)
    }
}
