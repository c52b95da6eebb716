import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVReporting
import DVSystem
import DVWorkspace

/// A tracked directory of which single entries change: its listing is all it needs, not its files.
struct DirectoryEdit {
    private let project: Project
    /// The directory.
    let path: AbsolutePath
    private(set) var record: ContentRecord?
    private(set) var listing: DirectoryListing

    /// Takes the listing from the cache, else from a remote.
    ///
    /// Throws `ProjectError.trackedAsFile`, `.legacyDirectory`, and what a fetch throws.
    init(of tracked: TrackedOutput, in project: Project) throws {
        self.project = project
        path = tracked.output.path
        record = tracked.record
        guard let record else {
            listing = DirectoryListing()
            return
        }
        guard record.name.isListing else {
            throw ProjectError.trackedAsFile(project.display(path))
        }
        // Its members are named by another hash, and one listing cannot have both.
        guard record.scheme == .md5 else {
            throw ProjectError.legacyDirectory(project.display(path))
        }
        listing = try project.fetchedListing(of: tracked, record)
    }

    /// Whether anything is recorded at or below `path`.
    func hasFiles(at path: AbsolutePath) -> Bool {
        path.relative(to: self.path).map { listing.hasFiles(at: $0) } ?? false
    }

    /// Replaces what is recorded at `part`, and everything below, by `content`; nil removes it.
    ///
    /// The recorded size is what DVC makes of it: the sum if files were only added, the old one if nothing changed, else
    /// unknown.
    mutating func replace(_ part: AbsolutePath, with content: WorkspaceContent?) throws {
        guard let inside = part.relative(to: path), !inside.isEmpty else { return }
        let new = try listing.replacing(
            inside,
            with: ListingPart(content),
            file: project.display(path)
        )
        let name = new.objectName()
        var size: Int64?
        let isAppended = new.count == listing.count + (content?.fileCount ?? 0)
        if let content, let old = record?.size, old > 0, isAppended, !hasFiles(at: part) {
            size = old + content.totalSize
        } else if content != nil, record?.name == name {
            size = record?.size
        }
        record = ContentRecord(name, size: size, fileCount: new.count)
        listing = new
    }

    /// Puts the listing into the cache; to be made durable before a pointer names it.
    func store() throws {
        guard let record, try !project.cache.contains(record.name) else { return }
        try project.cache.insert(listing, as: record.name)
    }

    /// Fills in an unknown size if the cache has all members.
    mutating func measure() throws {
        guard record?.size == nil else { return }
        let names = listing.indices.map { ObjectName(listing.digest(at: $0)) }
        guard try project.cache.missing(among: names, jobs: project.settings.jobs).isEmpty else {
            return
        }
        var total: Int64 = 0
        for name in names {
            guard let size = try project.cache.size(of: name) else { return }
            total += size
        }
        record?.size = total
    }
}

extension Project {
    /// The listing of a recorded directory, fetched if the cache does not have it.
    func fetchedListing(
        of tracked: TrackedOutput,
        _ record: ContentRecord
    ) throws -> DirectoryListing {
        do {
            return try listing(record)
        } catch ObjectError.missing {
            var fetch = FetchRun(project: self, remote: nil, jobs: nil)
            try fetch.fetchListings(of: [tracked.whole])
            try fetch.throwIfIncomplete()
            return try listing(record)
        }
    }
}

extension ListingPart {
    init(_ content: WorkspaceContent?) {
        switch content {
        case nil: self = .nothing
        case .file(let entry): self = .file(entry.digest)
        case .directory(let tree): self = .folder(tree.listing)
        }
    }
}

extension WorkspaceContent {
    fileprivate var fileCount: Int {
        switch self {
        case .file: 1
        case .directory(let tree): tree.count
        }
    }
}
