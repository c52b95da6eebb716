import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// How many objects a push or fetch moved.
package struct TransferCount: Sendable {
    package var transferred = 0
}

/// Sends the objects of outputs to a remote.
package struct PushOperation {
    private let request: TransferRequest

    package init(_ request: TransferRequest) {
        self.request = request
    }

    /// Throws `ProjectError.transferFailed` after everything that can be sent was sent.
    package func run(in project: Project) throws -> TransferCount {
        _ = try project.settings.remote(request.remote)
        let collection = try StageCollection.read(project)
        let selected = try collection.trackedOutputs(of: request.selection, in: project)
        let snapshots = try request.selection.snapshots(besides: selected, in: project)
        let all = [SelectedSnapshot(collection: collection, outputs: selected)] + snapshots
        var known = KnownDirectories(project)
        let outputs = try all.flatMap(\.pushedOutputs).filter {
            try !known.isInRemote($0, request.remote)
        }
        let used = try UsedObjects(outputs, in: project)
        var count = TransferCount()
        if request.includesRunCache {
            count.transferred += try RunCacheTransfer(project, remote: request.remote).upload()
        }
        var problems: [TransferProblem] = []
        for group in try used.byRemote(request.remote, limit: request.bandwidth, in: project) {
            let result =
                if let remote = group.remote as? VersionedRemote {
                    try publish(group, to: remote, collection, isAlone: snapshots.isEmpty, project)
                } else {
                    try push(group, in: project)
                }
            count.transferred += result.count
            problems += result.problems
        }
        if !problems.isEmpty { throw ProjectError.transferFailed(.upload, problems) }
        return count
    }

    /// To a remote with versions, which are then recorded.
    private func publish(
        _ group: RemoteGroup,
        to remote: VersionedRemote,
        _ collection: StageCollection,
        isAlone: Bool,
        _ project: Project
    ) throws -> (count: Int, problems: [TransferProblem]) {
        guard isAlone else { throw ProjectError.versions(.severalRevisions(remote: remote.name)) }
        let push = VersionedPush(
            project: project,
            remote: remote,
            jobs: request.jobs(with: remote, in: project)
        )
        return try push.run(group, in: collection)
    }

    private func push(
        _ group: RemoteGroup,
        in project: Project
    ) throws -> (count: Int, problems: [TransferProblem]) {
        let jobs = request.jobs(with: group.remote, in: project)
        let wanted = try group.missingRemotely(jobs: jobs, in: project)
        guard !wanted.isEmpty else { return (0, []) }
        return try project.withProgress("Pushing") { progress in
            progress.expect(bytes: group.expectedBytes(of: wanted), items: wanted.count)
            let transfer = ObjectTransfer(
                cache: group.cache,
                remote: group.remote,
                jobs: jobs,
                progress: progress
            )
            var report = try transfer.move(wanted.filter { !$0.isListing }, .upload)
            let listings = try completeListings(in: group, among: wanted, after: report, project)
            let listed = try transfer.move(listings, .upload)
            report.transferred += listed.transferred
            report.failures += listed.failures
            return (report.transferred.count, group.problems(report.failures, in: project))
        }
    }

    /// A listing goes up only when all its members are there, so that its presence proves the directory complete.
    private func completeListings(
        in group: RemoteGroup,
        among wanted: [ObjectName],
        after report: TransferReport,
        _ project: Project
    ) throws -> [ObjectName] {
        let failed = Set(report.failures.map(\.name))
        var listings = Set(wanted.filter(\.isListing))
        for entry in group.groups where listings.contains(entry.record.name) {
            let hasFailed = !failed.isEmpty && entry.names.contains(where: failed.contains)
            let isComplete = try !hasFailed && hasOtherMembers(of: entry, in: group, project)
            if !isComplete { listings.remove(entry.record.name) }
        }
        return listings.sorted()
    }

    /// Whether the remote has those members of a directory that were not to be pushed.
    private func hasOtherMembers(
        of entry: UsedObjects.Group,
        in group: RemoteGroup,
        _ project: Project
    ) throws -> Bool {
        guard entry.isPart else { return true }
        let listing = try project.listing(entry.record)
        let names = Set(listing.indices.map { ObjectName(listing.digest(at: $0)) })
        return try group.remote.missing(
            among: names.sorted(),
            jobs: request.jobs(with: group.remote, in: project)
        ).isEmpty
    }
}
