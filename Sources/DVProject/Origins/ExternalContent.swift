import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVRemotes
import DVReporting
import DVSystem
import DVWorkspace

/// What an import found, and what is to be recorded of it.
struct ExternalContent {
    let record: ContentRecord
    /// Of a folder.
    let listing: DirectoryListing?
    /// What tells later whether the source is still the same.
    let source: SourceState

    init(record: ContentRecord, listing: DirectoryListing?, source: SourceState? = nil) {
        self.record = record
        self.listing = listing
        self.source = source ?? .content(record)
    }

    init(_ content: WorkspaceContent) {
        var listing: DirectoryListing?
        if case .directory(let tree) = content { listing = tree.listing }
        self.init(record: content.record(), listing: listing)
    }
}

extension ExternalPath {
    /// What is there, read and put into `store`, if there is one, in the same reading.
    ///
    /// Throws `OriginError.dependencyMissing`, which names `text`, if nothing is there.
    func content(
        in project: Project,
        storingIn store: ObjectStore?,
        jobs: Int?,
        named text: String
    ) throws -> ExternalContent {
        try project.withProgress("Importing") { progress in
            switch self {
            case .here(let path):
                let found = try project.hasher(scheme: .md5, progress: progress, jobs: jobs)
                    .content(at: path, storingIn: store)
                guard let found else { throw OriginError.dependencyMissing(path.string) }
                return ExternalContent(found)
            case .stored(let place):
                guard let tree = try place.find() else { throw OriginError.dependencyMissing(text) }
                return try StoredReading(tree, jobs: jobs, progress).content(storingIn: store)
            }
        }
    }

    /// What tells whether it is still what is recorded; nil if nothing is there.
    ///
    /// Storages are asked as little as they allow: their files are read only where they have no marks. `scheme` is that of what
    /// is recorded, for a place of this machine.
    func state(in project: Project, scheme: HashScheme = .md5, jobs: Int? = nil) throws
        -> SourceState?
    {
        switch self {
        case .here(let path):
            return try project.withProgress("Hashing") { progress in
                try project.hasher(scheme: scheme, progress: progress, jobs: jobs)
                    .content(at: path).map { .content($0.record(scheme: scheme)) }
            }
        case .stored(let place):
            guard let tree = try place.find() else { return nil }
            if let state = tree.markedState { return state }
            return try project.withProgress("Hashing") { progress in
                try StoredReading(tree, jobs: jobs, progress).content(storingIn: nil).source
            }
        }
    }
}

extension Project {
    /// Where a dependency that is an address is.
    func place(of dependency: StageDependency) throws -> ExternalPath {
        try ExternalPath(dependency.written, from: root, in: settings.addresses).withoutVersions
    }

    /// What would be recorded of it; nil if nothing is there.
    func state(
        ofAddress dependency: StageDependency,
        scheme: HashScheme = .md5
    ) throws -> SourceState? {
        try place(of: dependency).state(in: self, scheme: scheme)
    }
}

extension StoredTree {
    private var fileVersions: [FileVersion] {
        files.map {
            FileVersion(path: relativePath(of: $0), tag: $0.tag, size: $0.size, id: $0.version)
        }
        .sorted { $0.path.string.utf8.lexicographicallyPrecedes($1.path.string.utf8) }
    }

    /// What DVC records of it without reading it; nil where the storage does not mark every file.
    var markedState: SourceState? {
        guard let kind = place.markKind else { return nil }
        guard isFolder else {
            guard let file = files.first, let tag = file.tag else { return nil }
            let version = place.isVersioned ? file.version : nil
            return .mark(ContentMark(kind, tag, size: file.size, version: version))
        }
        if place.isVersioned { return .versions(fileVersions) }
        let sorted = files.map { (relativePath(of: $0).string, $0.tag) }
            .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        var items: [JSONValue] = []
        for (path, tag) in sorted {
            guard let tag else { return nil }
            items.append(
                .object([(kind.rawValue, .string(tag)), ("relpath", .string(path))])
            )
        }
        let text = JSONValue.array(items).serialized(sortingKeys: true)
        return .content(
            ContentRecord(
                ObjectName(Digest(of: Array(text.utf8)), isListing: true),
                size: totalSize,
                fileCount: files.count
            )
        )
    }
}
