import DVFormats
import DVGit
import DVHashing
import DVObjects
import DVSystem

/// One content of a tracked path.
package struct TrackedVersion: Hashable, Sendable {
    /// Nil where only a listing that the cache lacks would tell.
    package let name: ObjectName?
    /// Bytes, if known.
    package let size: Int64?
    /// Of a directory, if known.
    package let fileCount: Int?
    /// The object that the pointer or lock file names.
    let source: ObjectName

    func isSame(as other: TrackedVersion) -> Bool {
        if source == other.source { return true }
        return name != nil && name == other.name
    }
}

/// What commits record of one path; files that did not change are not parsed again.
final class PathHistory {
    enum State {
        case absent, unreadable
        case recorded(TrackedVersion)
    }

    private let project: Project
    private let history: ProjectHistory
    private let path: RelativePath
    private let finder: RecordFinder
    private var probe: GitPathProbe
    private var sources: [RelativePath]
    private var blobs: [GitObjectID: [GitObjectID?]] = [:]
    private var states: [[GitObjectID?]: State] = [:]
    private var listings: [ObjectName: DirectoryListing?] = [:]

    init(of path: RelativePath, in history: ProjectHistory, _ project: Project) {
        self.path = path
        self.history = history
        self.project = project
        finder = RecordFinder(path, in: project)
        sources = finder.sources
        let prefix = history.prefix
        probe = GitPathProbe(sources.map { prefix.appending($0) }, in: history.git)
    }

    /// Looks into another stage file too; what was found so far is forgotten.
    func include(_ file: RelativePath) {
        finder.include(file)
        sources = finder.sources
        let prefix = history.prefix
        probe = GitPathProbe(sources.map { prefix.appending($0) }, in: history.git)
        (blobs, states) = ([:], [:])
    }

    func state(at commit: GitCommit) throws -> State {
        let ids = try ids(at: commit)
        if let known = states[ids] { return known }
        let state = try read(ids, at: commit)
        states[ids] = state
        return state
    }

    /// Whether no file that could record the path differs between two commits.
    func isUntouched(_ commit: GitCommit, since parent: GitCommit) throws -> Bool {
        try ids(at: commit) == ids(at: parent)
    }

    private func ids(at commit: GitCommit) throws -> [GitObjectID?] {
        if let known = blobs[commit.id] { return known }
        let found = try probe.blobs(at: commit)
        blobs[commit.id] = found
        return found
    }

    private func read(_ ids: [GitObjectID?], at commit: GitCommit) throws -> State {
        let files = BlobFiles(
            of: history.git,
            Dictionary(uniqueKeysWithValues: zip(sources, ids)),
            others: history.files(at: commit)
        )
        do {
            guard let found = try finder.find(in: files) else { return .absent }
            return try version(found).map { .recorded($0) } ?? .absent
        } catch let error as FormatError {
            project.reporter.report(.detail("left out: \(error.file): \(error.problem)"))
            return .unreadable
        }
    }

    /// Nil if the directory was tracked, and the path was not in it.
    private func version(_ found: FoundRecord) throws -> TrackedVersion? {
        let (record, inside) = (found.record, found.inside)
        func version(_ name: ObjectName?, _ size: Int64?, _ count: Int?) -> TrackedVersion {
            TrackedVersion(name: name, size: size, fileCount: count, source: record.name)
        }
        if inside.isEmpty { return version(record.name, record.size, record.fileCount) }
        guard let listing = try listing(record) else { return version(nil, nil, nil) }
        if let index = listing.index(of: inside) {
            let name = ObjectName(listing.digest(at: index))
            return version(name, try project.cache(for: record.scheme).size(of: name), nil)
        }
        let part = listing.listing(below: inside)
        return part.isEmpty ? nil : version(part.objectName(), nil, part.count)
    }

    /// Nil if the cache does not have it.
    private func listing(_ record: ContentRecord) throws -> DirectoryListing? {
        if let known = listings[record.name] { return known }
        var listing: DirectoryListing?
        do { listing = try project.listing(record) } catch ObjectError.missing {}
        listings[record.name] = .some(listing)
        return listing
    }
}

/// A few files of a revision by their blobs; others, which templates may name, by their path.
private final class BlobFiles: ProjectFiles, @unchecked Sendable {
    // Sendable because it is used by the thread that made it only.
    private let git: GitRepository
    private let blobs: [RelativePath: GitObjectID?]
    private let others: RevisionFiles

    init(
        of git: GitRepository,
        _ blobs: [RelativePath: GitObjectID?],
        others: RevisionFiles
    ) {
        self.git = git
        self.blobs = blobs
        self.others = others
    }

    func entries(in folder: RelativePath) -> [ProjectFileEntry] { [] }

    func content(at path: RelativePath) throws -> [UInt8]? {
        guard let known = blobs[path] else { return try others.content(at: path) }
        guard let blob = known else { return nil }
        return try git.content(ofBlob: blob)
    }

    func outsideContent(at path: AbsolutePath) -> [UInt8]? { nil }

    func isIgnoredByGit(_ path: RelativePath, isDirectory: Bool) -> Bool { false }
}
