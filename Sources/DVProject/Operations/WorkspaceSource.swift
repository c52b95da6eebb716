import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVSystem
import DVWorkspace
import Synchronization

/// Answers the questions of the stage engine from the workspace, the state store and the cache.
///
/// What was parsed or listed once is remembered for the life of the value; content is looked at anew each time, because
/// stages change it.
final class WorkspaceSource: ContentSource {
    private struct Memory {
        var parameters: [AbsolutePath: (status: FileStatus, value: DataValue)] = [:]
        var stored: Set<ContentRecord> = []
    }

    private let project: Project
    private let datasets: ProjectDatasets
    private let memory = Mutex(Memory())

    init(_ project: Project, _ datasets: ProjectDatasets) {
        self.project = project
        self.datasets = datasets
    }

    func dataset(named name: String) throws -> Dataset {
        try datasets.dataset(named: name)
    }

    func exists(_ path: AbsolutePath) throws -> Bool {
        guard let status = try FileStatus.ifPresent(path) else { return false }
        guard let relative = path.relative(to: project.root), !relative.isEmpty else { return true }
        return try !project.ignoring.isIgnored(relative, isDirectory: status.isDirectory)
    }

    func content(of path: AbsolutePath, scheme: HashScheme) throws -> ContentRecord? {
        try project.withProgress("Hashing") { progress in
            try project.hasher(scheme: scheme, progress: progress).content(at: path)?.record(
                scheme: scheme
            )
        }
    }

    func state(ofAddress dependency: StageDependency) throws -> SourceState? {
        try project.state(ofAddress: dependency)
    }

    func exists(atAddress dependency: StageDependency) throws -> Bool {
        try project.place(of: dependency).isThere()
    }

    func isInCache(_ record: ContentRecord) throws -> Bool {
        if memory.withLock({ $0.stored.contains(record) }) { return true }
        let cache = project.cache(for: record.scheme)
        // A record with the files of a directory needs no listing besides.
        let hasFiles = record.cloud?.members != nil
        guard try hasFiles || cache.contains(record.name) else { return false }
        if record.name.isListing {
            guard try areMembers(of: record, in: cache) else { return false }
        }
        memory.withLock { _ = $0.stored.insert(record) }
        return true
    }

    private func areMembers(of record: ContentRecord, in cache: ObjectStore) throws -> Bool {
        let complete = project.completeListings(in: cache)
        return try complete.missing(of: record.name, count: record.fileCount ?? 0) {
            let listing = try project.listing(record)
            return listing.indices.map { ObjectName(listing.digest(at: $0)) }
        }
        .isEmpty
    }

    func parameters(in file: AbsolutePath) throws -> DataValue? {
        guard let status = try FileStatus.ifPresent(file) else { return nil }
        if let known = memory.withLock({ $0.parameters[file] }), known.status == status {
            return known.value
        }
        guard let bytes = try file.readBytesIfPresent() else { return nil }
        let value = try ParameterFile.parse(bytes, file: project.display(file))
        memory.withLock { $0.parameters[file] = (status, value) }
        return value
    }
}
