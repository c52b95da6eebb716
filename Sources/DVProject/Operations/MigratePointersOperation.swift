import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVSystem
import DVWorkspace

/// What a migration of `.dvc` files and lock files did.
package struct PointerMigration: Sendable {
    /// Paths of the files that were written, as a user would write them; sorted.
    package var pointers: [String] = []
    package var locks: [String] = []
    /// Paths whose content is neither in the cache nor in the workspace, so that their records stay as they are; sorted.
    package var left: [String] = []
    package var touched: TouchedFiles?
}

/// Records what DVC 2 recorded anew, with the digests of DVC 3.
///
/// The content that is recorded stays the same, whatever the workspace has. (DVC records what is in the workspace.)
package struct MigratePointersOperation {
    private let names: [ObjectName: ObjectName]

    /// `migration` is of the cache.
    package init(after migration: CacheMigration) {
        names = migration.names
    }

    /// The files that have records of DVC 2, as DVC writes them; sorted.
    package static func pendingFiles(in project: Project) throws -> [String] {
        let collection = try StageCollection.read(project)
        let stages = try collection.stages.filter { stage in
            try !legacyRecords(of: stage, collection, project).isEmpty
        }
        let files = stages.map { stage in
            let file = project.display(stage.file)
            guard stage.name != nil else { return file }
            return "\(file) (\(project.display(StageCommitter.lockPath(of: stage.file))))"
        }
        return Set(files).sorted()
    }

    package func run(in project: Project) throws -> PointerMigration {
        let collection = try StageCollection.read(project)
        let committer = try StageCommitter(project, collection, isRelinking: true)
        var report = PointerMigration()
        var done: [(entry: Entry, record: ContentRecord)] = []
        for stage in collection.stages {
            try Interruption.check()
            var changes: [String: ContentRecord] = [:]
            for entry in try Self.legacyRecords(of: stage, collection, project) {
                if let record = try migrated(entry, in: project) {
                    changes[entry.written] = record
                    if entry.isKept { done.append((entry, record)) }
                } else {
                    report.left.append(project.display(entry.path))
                }
            }
            if try committer.replaceRecords(of: stage, with: changes) {
                note(stage, &report, project)
            }
        }
        for (entry, record) in done { committer.register(record.name, at: entry.path) }
        report.touched = try committer.finish()
        for (entry, record) in done { try relink(entry, record, in: project) }
        report.pointers.sort()
        report.locks = Set(report.locks).sorted()
        report.left = Set(report.left).sorted()
        return report
    }

    private func note(_ stage: Stage, _ report: inout PointerMigration, _ project: Project) {
        if stage.name == nil {
            report.pointers.append(project.display(stage.file))
        } else {
            report.locks.append(project.display(StageCommitter.lockPath(of: stage.file)))
        }
    }

    // MARK: One record

    private struct Entry {
        let written: String
        let path: AbsolutePath
        let record: ContentRecord
        /// Whether the cache keeps it.
        let isKept: Bool
    }

    /// Of outputs, and of dependencies in the project that are not those of an import.
    private static func legacyRecords(
        of stage: Stage,
        _ collection: StageCollection,
        _ project: Project
    ) throws -> [Entry] {
        guard let record = try collection.record(of: stage) else { return [] }
        var entries: [Entry] = []
        func add(
            _ written: String,
            _ path: AbsolutePath,
            _ content: ContentRecord?,
            isCached: Bool
        ) {
            guard let content, content.scheme == .md5DOS2Unix else { return }
            let isKept = isCached && path.hasPrefix(project.root)
            entries.append(Entry(written: written, path: path, record: content, isKept: isKept))
        }
        for output in stage.outputs {
            let content = record.outputs[output.written]
            add(output.written, output.path, content, isCached: output.options.isCached)
        }
        guard stage.name != nil else { return entries }
        for dependency in stage.dependencies
        where dependency.isPath && dependency.path.hasPrefix(project.root) {
            let content = record.dependencies[dependency.written]
            add(dependency.written, dependency.path, content, isCached: false)
        }
        return entries
    }

    /// The record of the same content under its digest of DVC 3; nil if that content is nowhere to be had.
    ///
    /// The workspace is asked first: of files that differ in line ends only the old layout kept one.
    private func migrated(_ entry: Entry, in project: Project) throws -> ContentRecord? {
        let old = try project.hasher(scheme: .md5DOS2Unix).content(at: entry.path)
        if old?.name == entry.record.name {
            return try project.hasher(scheme: .md5)
                .content(at: entry.path, storingIn: entry.isKept ? project.cache : nil)?.record()
        }
        guard let name = names[entry.record.name] else { return nil }
        var record = entry.record
        record.name = name
        record.scheme = .md5
        try measure(&record, in: project)
        return record
    }

    /// Pointers of early versions say nothing of sizes.
    private func measure(_ record: inout ContentRecord, in project: Project) throws {
        guard record.size == nil || record.name.isListing && record.fileCount == nil else { return }
        guard record.name.isListing else {
            record.size = try project.cache.size(of: record.name)
            return
        }
        let listing = try project.listing(record)
        record.fileCount = listing.count
        record.size = try listing.indices.reduce(Int64(0)) {
            try $0 + (project.cache.size(of: ObjectName(listing.digest(at: $1))) ?? 0)
        }
    }

    /// Links of the workspace lead to the new layout from now on; data that was changed stays as it is.
    private func relink(_ entry: Entry, _ record: ContentRecord, in project: Project) throws {
        let content = try project.hasher(scheme: .md5).content(at: entry.path)
        guard let content, content.name == record.name else { return }
        try project.relink(content, at: entry.path, isEnabled: true)
    }
}
