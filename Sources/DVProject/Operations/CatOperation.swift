import DVFormats
import DVGit
import DVHashing
import DVObjects
import DVSystem

/// Streams one file as a revision has it.
package struct CatOperation {
    private let path: String
    private let revision: String?
    private let remote: String?

    /// Without `revision`: as the pointers in the workspace say.
    package init(path: String, revision: String?, remote: String?) {
        self.path = path
        self.revision = revision
        self.remote = remote
    }

    /// Gives the content in pieces to `write`.
    ///
    /// What the cache lacks is fetched from the remote first, that object alone (and the listing of its directory). The
    /// last piece is withheld, and `ObjectError.corrupt` thrown, if the content is not what was recorded.
    package func run(
        in project: Project,
        _ write: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let target = project.path(of: path)
        guard let relative = target.relative(to: project.root) else { throw notTracked }
        let files = try files(of: project)
        let finder = RecordFinder(relative, in: project)
        if let found = try finder.find(in: files) {
            return try stream(found, in: project, write)
        }
        let git = try revision == nil ? headFiles(of: project) : files
        if let content = try git?.content(at: relative) {
            return try content.withUnsafeBytes(write)
        }
        guard let file = try UnusualStageFile.tracking(relative, files, project) else {
            throw notTracked
        }
        finder.include(file)
        guard let found = try finder.find(in: files) else { throw notTracked }
        try stream(found, in: project, write)
    }

    private var notTracked: HistoryError { .notTracked(path: path, revision: revision) }

    private func files(of project: Project) throws -> any ProjectFiles {
        guard let revision else { return try WorkspaceFiles(of: project) }
        let history = try ProjectHistory(of: project)
        return history.files(at: try history.commit(named: revision))
    }

    private func headFiles(of project: Project) throws -> (any ProjectFiles)? {
        guard try project.openGit() != nil else { return nil }
        let history = try ProjectHistory(of: project)
        return try history.git.commit(named: "HEAD").map(history.files(at:))
    }

    private func stream(
        _ found: FoundRecord,
        in project: Project,
        _ write: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let record = found.record
        if record.name.isListing, found.inside.isEmpty {
            throw HistoryError.isDirectory(path: path)
        }
        try fetch(record.name, found, in: project)
        var name = record.name
        if name.isListing {
            let listing = try project.listing(record)
            guard let index = listing.index(of: found.inside) else {
                let isFolder = !listing.indices(below: found.inside).isEmpty
                throw isFolder ? HistoryError.isDirectory(path: path) : notTracked
            }
            name = ObjectName(listing.digest(at: index))
            try fetch(name, found, in: project)
        }
        let reader = try project.cache(for: record.scheme).reader(for: name)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            try Interruption.check()
            let count = try buffer.withUnsafeMutableBytes { try reader.read(into: $0) }
            if count == 0 { return }
            try buffer.withUnsafeBytes { try write(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }

    private func fetch(_ name: ObjectName, _ found: FoundRecord, in project: Project) throws {
        try project.fetchIfMissing(
            name,
            of: VersionedOutput(found.output, found.record),
            from: found.remote,
            or: remote,
            for: path
        )
    }
}
