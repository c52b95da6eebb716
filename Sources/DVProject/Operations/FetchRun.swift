import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// The fetching of objects into the cache: one bad object does not stop the others.
///
/// Nothing is flushed to disk: the remote still has what a power failure takes, and reading finds damage.
struct FetchRun {
    let project: Project
    private let remote: String?
    /// As the user asked; nil means what suits each place.
    let askedJobs: Int?
    private let bandwidth: Bandwidth?
    private(set) var count = TransferCount()
    private var problems: [TransferProblem] = []
    private var failed: Set<ObjectName> = []

    init(project: Project, remote: String?, jobs: Int?, bandwidth: Bandwidth? = nil) {
        self.project = project
        self.remote = remote
        askedJobs = jobs
        self.bandwidth = bandwidth
    }

    /// For work with the cache.
    var jobs: Int { askedJobs ?? project.settings.jobs }

    /// For work with a remote.
    func jobs(with remote: any Remote) -> Int {
        remote.jobs(askedJobs, usual: project.settings.jobs)
    }

    /// Only listings tell what else a directory needs.
    mutating func fetchListings(of outputs: [TrackedOutput]) throws {
        for record in outputs.compactMap(\.record) { try project.keepListing(of: record) }
        let lacking = try outputs.filter { output in
            guard let record = output.record, record.name.isListing else { return false }
            return try !project.cache(for: record.scheme).contains(record.name)
        }
        try fetch(UsedObjects(lacking, in: project))
    }

    init(_ request: TransferRequest, in project: Project) {
        self.init(
            project: project,
            remote: request.remote,
            jobs: request.jobs,
            bandwidth: request.bandwidth
        )
    }

    mutating func fetchRunCache() throws {
        count.transferred += try RunCacheTransfer(project, remote: remote).download()
    }

    mutating func fetch(_ used: UsedObjects) throws {
        for lack in try lacks(of: used) { try fetch(lack.names, from: lack.group) }
    }

    /// What commits need.
    mutating func fetch(_ snapshots: [SelectedSnapshot]) throws {
        for snapshot in snapshots {
            let outputs = try fetchImports(among: snapshot.outputs, of: snapshot.collection)
            try fetchListings(of: outputs)
            try fetch(objects(of: outputs))
        }
    }

    /// All objects of outputs, without large directories that the cache is known to have: their listings are not read.
    func objects(of outputs: [TrackedOutput]) throws -> UsedObjects {
        var known = KnownDirectories(project)
        return try UsedObjects(outputs.filter { try !known.isInCache($0) }, in: project)
    }

    /// What the cache does not have, by where it may be had, without what has failed already.
    func lacks(of used: UsedObjects) throws -> [(group: RemoteGroup, names: [ObjectName])] {
        let lacking = try used.groups.filter { group in
            let cache = project.cache(for: group.scheme)
            return try ![group].missing(in: cache, of: project) {
                try cache.missing(among: group.names, jobs: jobs)
            }
            .allSatisfy(failed.contains)
        }
        // Without anything to fetch no remote is needed.
        guard !lacking.isEmpty else { return [] }
        return try UsedObjects(groups: lacking).byRemote(remote, limit: bandwidth, in: project).map
        { group in
            let names = try group.cache.missing(among: group.names, jobs: jobs)
            return (group, names.filter { !failed.contains($0) })
        }
    }

    mutating func fetch(_ names: [ObjectName], from group: RemoteGroup) throws {
        guard !names.isEmpty else { return }
        let report = try project.withProgress("Fetching") { progress in
            progress.expect(bytes: group.expectedBytes(of: names), items: names.count)
            return try ObjectTransfer(
                cache: group.cache,
                remote: group.remote,
                jobs: jobs(with: group.remote),
                progress: progress
            )
            .move(names, .download)
        }
        note(fetched: report.transferred.count, group.problems(report.failures, in: project))
        failed.formUnion(report.failures.map(\.name))
    }

    /// Adds what was fetched in another way.
    mutating func note(fetched: Int, _ problems: [TransferProblem]) {
        count.transferred += fetched
        self.problems += problems
    }

    /// Whether there is a remote to fetch from.
    var hasRemote: Bool { remote != nil || project.settings.defaultRemote != nil }

    /// Asks no remote for these any more.
    mutating func giveUp(on names: [ObjectName]) { failed.formUnion(names) }

    /// Forgets about objects that the remote simply does not have.
    mutating func allowMissing() {
        problems.removeAll { problem in
            if case ObjectError.missing = problem.error ?? Interrupted() { true } else { false }
        }
    }

    var isComplete: Bool { problems.isEmpty }

    /// Throws `ProjectError.transferFailed` if anything could not be fetched.
    func throwIfIncomplete() throws {
        if !isComplete { throw ProjectError.transferFailed(.download, problems) }
    }
}
