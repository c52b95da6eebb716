import DVSystem
import DVWorkspace

/// What a pull did.
package struct PullReport: Sendable {
    package let fetched: Int
    package let checkout: CheckoutReport
}

/// A fetch and a checkout in one pass: what the cache lacks is fetched when its file is made.
package struct PullOperation {
    private let request: TransferRequest
    private let options: CheckoutOptions

    package init(_ request: TransferRequest, checkout options: CheckoutOptions) {
        self.request = request
        self.options = options
    }

    /// Throws `ProjectError.transferFailed` after everything that can be had is in place.
    package func run(in project: Project) throws -> PullReport {
        // A remote that was asked for must be there even if nothing is to be fetched.
        if request.remote != nil { _ = try project.settings.remote(request.remote) }
        let collection = try StageCollection.read(project)
        let selected = try collection.trackedOutputs(of: request.selection, in: project)
        var fetch = FetchRun(request, in: project)
        if request.includesRunCache { try fetch.fetchRunCache() }
        let outputs = try fetch.fetchImports(among: selected, of: collection)
        try fetch.fetchListings(of: outputs)
        let used = try fetch.objects(of: outputs)
        let lacks = try fetch.lacks(of: used)
        let jobs = lacks.map { fetch.jobs(with: $0.group.remote) }.max() ?? fetch.jobs
        let supply = RemoteSupply(lacks, jobs: jobs)
        var checkout = try CheckoutRun(
            project,
            options,
            supply: supply,
            listings: used.wholeListings
        )
        try checkout.plan(outputs)
        if request.selection.targets.isEmpty { try checkout.planStale(besides: collection) }
        let result = Result { try checkout.apply() }
        // Also after a checkout that was refused: the cache then has all that a forced one needs.
        for (group, names) in supply.rest() { try fetch.fetch(names, from: group) }
        try fetch.fetch(request.selection.snapshots(besides: selected, in: project))
        let report = try result.get()
        fetch.note(fetched: supply.fetchedCount, try problems(of: report, in: project))
        if options.allowMissing { fetch.allowMissing() }
        try fetch.throwIfIncomplete()
        return PullReport(fetched: fetch.count.transferred, checkout: report)
    }

    /// The files whose objects could not be had; throws `WorkspaceError.failedFiles` for failures of other kinds.
    private func problems(
        of report: CheckoutReport,
        in project: Project
    ) throws -> [TransferProblem] {
        let others = report.failures.filter { !($0.cause is SupplyError) }
        if !others.isEmpty { throw WorkspaceError.failedFiles(others) }
        return report.failures.compactMap { file in
            (file.cause as? SupplyError).map {
                TransferProblem(
                    path: project.display(file.path),
                    name: $0.failure.name,
                    error: $0.failure.error
                )
            }
        }
    }
}
