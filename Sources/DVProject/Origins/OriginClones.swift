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
        do throws(GitError) {
            let git =
                if let known = try GitRepository.open(at: path) { known } else {
                    try GitRepository.createBare(at: path)
                }
            try git.mirror(url, keys: keys)
            return git
        } catch {
            throw OriginError.unreachable(url: url, cause: error)
        }
    }

    private var keys: [AbsolutePath] {
        guard let home = context.home.flatMap({ AbsolutePath($0) }) else { return [] }
        return ["id_ed25519", "id_ecdsa", "id_rsa"].map { home.appending(".ssh/" + $0) }.filter {
            (try? FileStatus.followingIfPresent($0)) ?? nil != nil
        }
    }

    private static func isCommit(_ revision: String) -> Bool {
        revision.utf8.count == 40 && revision.allSatisfy(\.isHexDigit)
    }
}
