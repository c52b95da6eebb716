import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// Brings the objects of outputs from a remote into the cache.
package struct FetchOperation {
    private let selection: TargetSelection
    private let remote: String?
    private let jobs: Int?

    package init(selection: TargetSelection, remote: String?, jobs: Int?) {
        self.selection = selection
        self.remote = remote
        self.jobs = jobs
    }

    /// Throws `ProjectError.transferFailed` after everything that can be fetched was fetched.
    package func run(in project: Project) throws -> TransferCount {
        let collection = try StageCollection.read(project)
        let outputs = try collection.trackedOutputs(
            try selection.resolve(in: collection, of: project),
            in: project
        )
        var fetch = FetchRun(project: project, remote: remote, jobs: jobs ?? project.settings.jobs)
        // Listings first: only they tell what else is needed.
        let listings = try UsedObjects(outputs, in: project).groups.filter(\.isListingMissing)
        try fetch.fetch(UsedObjects(groups: listings))
        try fetch.fetch(try UsedObjects(outputs, in: project))
        if fetch.count.transferred > 0 {
            try project.cache.synchronize()
        }
        if !fetch.problems.isEmpty {
            throw ProjectError.transferFailed(.download, fetch.problems)
        }
        return fetch.count
    }
}

private struct FetchRun {
    let project: Project
    let remote: String?
    let jobs: Int
    var count = TransferCount()
    var problems: [TransferProblem] = []
    private var failed: Set<ObjectName> = []

    init(project: Project, remote: String?, jobs: Int) {
        self.project = project
        self.remote = remote
        self.jobs = jobs
    }

    mutating func fetch(_ used: UsedObjects) throws {
        let missing = try used.groups.filter { group in
            try !project.cache(for: group.scheme).missing(among: group.names, jobs: jobs)
                .allSatisfy(failed.contains)
        }
        // Without anything to fetch no remote is needed.
        guard !missing.isEmpty else { return }
        for group in try UsedObjects(groups: missing).byRemote(remote, in: project) {
            try fetch(group)
        }
    }

    private mutating func fetch(_ group: RemoteGroup) throws {
        let wanted = try group.cache.missing(among: group.names, jobs: jobs).filter {
            !failed.contains($0)
        }
        let report = try project.withProgress("Fetching") { progress in
            progress.expect(bytes: 0, items: wanted.count)
            return try ObjectTransfer(
                cache: group.cache,
                remote: group.remote,
                jobs: jobs,
                progress: progress
            )
            .move(wanted, .download)
        }
        count.transferred += report.transferred.count
        failed.formUnion(report.failures.map(\.name))
        problems += group.problems(report.failures, in: project)
    }
}
