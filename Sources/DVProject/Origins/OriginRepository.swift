import DVFormats
import DVGit
import DVReporting
import DVSystem

/// A revision of another Git repository; nothing of it is checked out.
///
/// Confined to one thread, as the repository is.
final class OriginRepository {
    let request: ImportedRepository
    let context: OriginContext
    let commit: GitCommit
    let tree: GitTree
    let git: GitRepository
    /// Whether it is a folder of this machine, so that its cache and relative remotes can be reached.
    let isLocal: Bool
    /// The folder that paths of a request start from: the project that a user named, else the whole repository.
    let base: RelativePath
    private var projects: [RelativePath: OriginProject] = [:]

    /// At the commit that the request has locked, if `isLocked`; else at what its revision means now.
    init(_ request: ImportedRepository, isLocked: Bool = false, in context: OriginContext) throws {
        self.request = request
        self.context = context
        let revision = (isLocked ? request.lockedRevision : nil) ?? request.revision
        let place = try Self.place(of: request, revision, in: context)
        git = place.git
        isLocal = place.folder != nil
        commit = try Self.commit(revision, in: git, url: request.url)
        tree = git.tree(of: commit)
        base = try Self.projectRoot(around: place.folder ?? .empty, in: tree)
    }

    /// A repository, and the folder in it that was named; nil for a clone.
    private typealias Place = (git: GitRepository, folder: RelativePath?)

    /// Of several folders that a relative path may mean, the one that has the commit that data came from.
    private static func place(
        of request: ImportedRepository,
        _ revision: String?,
        in context: OriginContext
    ) throws -> Place {
        let candidates = try OriginAddress.candidates(for: request.url, in: context)
        var places: [Place] = []
        for candidate in candidates {
            switch candidate {
            case .folder(let path):
                guard let git = try open(path) else { continue }
                let root = try git.workingDirectory.resolvingLinks()
                let place = (git, try path.resolvingLinks().relative(to: root) ?? .empty)
                guard candidates.count > 1, let locked = request.lockedRevision else {
                    return place
                }
                if try git.commit(named: locked) != nil { return place }
                places.append(place)
            case .url(let url):
                return (try OriginClones(context).repository(for: url, revision: revision), nil)
            }
        }
        if let place = places.first { return place }
        let isProject = try candidates.contains { candidate in
            guard case .folder(let path) = candidate else { return false }
            return try FileStatus.followingIfPresent(path.appending(".dvc"))?.isDirectory == true
        }
        throw isProject
            ? OriginError.withoutGit(url: request.url) : .noRepository(url: request.url)
    }

    private static func open(_ path: AbsolutePath) throws -> GitRepository? {
        guard try FileStatus.followingIfPresent(path)?.isDirectory == true else { return nil }
        return try GitRepository.open(at: path) ?? GitRepository.discover(from: path)
    }

    private static func commit(
        _ revision: String?,
        in git: GitRepository,
        url: String
    ) throws -> GitCommit {
        guard let revision else {
            guard let head = try git.commit(named: "HEAD") else {
                throw OriginError.noCommits(url: url)
            }
            return head
        }
        if let commit = try git.commit(named: revision) { return commit }
        guard let commit = try git.commit(named: "refs/remotes/origin/\(revision)") else {
            throw ProjectError.unknownRevision(revision)
        }
        return commit
    }

    private static func projectRoot(around folder: RelativePath, in tree: GitTree) throws
        -> RelativePath
    {
        var folder = folder
        while !folder.isEmpty, !(try isProject(folder, in: tree)) { folder = folder.parent }
        return folder
    }

    private static func isProject(_ folder: RelativePath, in tree: GitTree) throws -> Bool {
        try tree.entry(at: folder.appending(".dvc"))?.kind == .folder
    }

    /// Whether a project starts in a folder.
    func isProject(_ folder: RelativePath) throws -> Bool {
        try Self.isProject(folder, in: tree)
    }

    /// The place of a path of the repository if it were checked out.
    func place(_ path: RelativePath) -> AbsolutePath { git.workingDirectory.appending(path) }

    /// What a user calls `path`, from the root of the repository.
    func path(_ text: String) throws -> RelativePath {
        guard let path = RelativePath(text) else {
            throw OriginError.foreignPath(text, url: request.url)
        }
        return base.appending(path)
    }

    /// The project that `path` is in; nil if it is in none.
    func project(containing path: RelativePath) throws -> OriginProject? {
        try project(at: projectRoot(around: path))
    }

    /// The root of the innermost project that `path` is in; that of the repository if it is in none.
    func projectRoot(around path: RelativePath) throws -> RelativePath {
        try Self.projectRoot(around: path, in: tree)
    }

    /// The project with this root; nil if there is none.
    func project(at root: RelativePath) throws -> OriginProject? {
        if let known = projects[root] { return known }
        guard try Self.isProject(root, in: tree) else { return nil }
        let project = try OriginProject(
            RevisionFiles(of: tree, below: root),
            at: place(root),
            isLocal: isLocal,
            request: request,
            in: context
        )
        // A project in a folder of the one that was named has remotes of its own.
        if root == base { try project.settings.checkRequestedRemote() }
        projects[root] = project
        return project
    }
}
