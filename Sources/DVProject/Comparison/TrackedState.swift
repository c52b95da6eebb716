import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVSystem
import Synchronization

/// The content of one output at some moment.
struct TrackedContent: Sendable {
    /// Where the files of a directory are told.
    enum Members: Sendable {
        /// By a listing in the cache, which may be missing.
        case inCache(LastListing)
        case known(DirectoryListing)
    }

    let record: ContentRecord
    let members: Members
    /// The remote that the output is bound to, if any.
    var remote: String?

    var isFolder: Bool { record.name.isListing }

    /// The files of a directory, none for a file; nil if neither the cache nor the remote has the listing.
    func listing(in project: Project) throws -> DirectoryListing? {
        try listing(in: project) { try project.settings.remote(remote) }
    }

    /// The same, with the remote to ask if the cache lacks the listing.
    func listing(
        in project: Project,
        orOn remote: () throws -> RemoteDefinition?
    ) throws -> DirectoryListing? {
        guard isFolder else { return DirectoryListing() }
        switch members {
        case .known(let listing): return listing
        case .inCache(let last):
            if let known = last.listing(of: record) { return known }
            guard let found = try read(from: project, orOn: remote) else { return nil }
            last.remember(found, of: record)
            return found
        }
    }

    private func read(
        from project: Project,
        orOn remote: () throws -> RemoteDefinition?
    ) throws -> DirectoryListing? {
        do {
            return try project.listing(record)
        } catch ObjectError.missing {
            return try project.remoteListing(record, on: remote)
        }
    }
}

/// The listing that was read last: the steps of a command ask for the same one, and the largest counts.
final class LastListing: Sendable {
    private let last = Mutex<(record: ContentRecord, listing: DirectoryListing)?>(nil)

    func listing(of record: ContentRecord) -> DirectoryListing? {
        last.withLock { $0?.record == record ? $0?.listing : nil }
    }

    func remember(_ listing: DirectoryListing, of record: ContentRecord) {
        last.withLock { $0 = (record, listing) }
    }
}

/// Everything that was tracked at some moment: at a revision, by the pointers of the workspace, or by its data.
struct TrackedState: Sendable {
    /// By the path from the project's root.
    ///
    /// Outputs without recorded content are not here, nor are those outside the project.
    private(set) var contents: [RelativePath: TrackedContent] = [:]
    /// Outputs that nothing is recorded of yet: their stages never ran.
    private(set) var unrecorded: Set<RelativePath> = []

    /// Nothing is tracked.
    init() {}

    /// The outputs at paths that `isWanted` lets through.
    func restricted(to isWanted: (RelativePath) -> Bool) -> TrackedState {
        var state = self
        state.contents = contents.filter { isWanted($0.key) }
        return state
    }

    /// What the stages of `collection` record of outputs below `root`, the project's.
    init(recordedIn collection: StageCollection, below root: AbsolutePath) throws {
        let everything = collection.stages.map { SelectedStage(stage: $0, part: nil) }
        let last = LastListing()
        for tracked in try collection.trackedOutputs(everything, below: root) {
            guard let path = tracked.output.path.relative(to: root) else { continue }
            guard let record = tracked.record else {
                unrecorded.insert(path)
                continue
            }
            contents[path] = TrackedContent(
                record: record,
                members: .inCache(last),
                remote: tracked.output.options.remote
            )
        }
    }

    /// What the workspace holds at the outputs of `collection` that overlap with `scope`; known files are not read.
    init(
        presentAt collection: StageCollection,
        of project: Project,
        in scope: PathScope
    ) throws {
        let everything = collection.stages.map { SelectedStage(stage: $0, part: nil) }
        let outputs = try collection.trackedOutputs(everything, in: project)
        try project.withProgress("Hashing") { progress in
            for tracked in outputs {
                guard let path = tracked.output.path.relative(to: project.root),
                    scope.overlaps(path)
                else { continue }
                let scheme = tracked.record?.scheme ?? .md5
                let hasher = project.hasher(scheme: scheme, progress: progress)
                guard let content = try hasher.content(at: tracked.output.path) else { continue }
                let record = content.record(scheme: scheme)
                switch content {
                case .file:
                    contents[path] = TrackedContent(
                        record: record,
                        members: .known(DirectoryListing())
                    )
                case .directory(let tree):
                    contents[path] = TrackedContent(record: record, members: .known(tree.listing))
                }
            }
        }
    }
}

/// The paths that a command is about, from the project's root.
struct PathScope: Sendable {
    /// Empty means everything.
    let roots: [RelativePath]

    static let everything = PathScope(roots: [])

    /// Whether `path` is one of the paths or below one.
    func contains(_ path: RelativePath) -> Bool {
        roots.isEmpty || roots.contains { path.hasPrefix($0) }
    }

    /// Whether `path` or anything below it is in the scope.
    func overlaps(_ path: RelativePath) -> Bool {
        roots.isEmpty || roots.contains { path.hasPrefix($0) || $0.hasPrefix(path) }
    }
}
