import DVSystem

/// Brings the objects of outputs from a remote into the cache.
package struct FetchOperation {
    private let selection: TargetSelection
    private let remote: String?
    private let jobs: Int?
    private let includesRunCache: Bool
    private let filter: FetchFilter

    package init(
        selection: TargetSelection,
        remote: String?,
        jobs: Int?,
        includesRunCache: Bool = false,
        filter: FetchFilter = FetchFilter()
    ) {
        self.selection = selection
        self.remote = remote
        self.jobs = jobs
        self.includesRunCache = includesRunCache
        self.filter = filter
    }

    /// Throws `ProjectError.transferFailed` after everything that can be fetched was fetched.
    package func run(in project: Project) throws -> TransferCount {
        // A remote that was asked for must be there even if nothing is to be fetched.
        if remote != nil { _ = try project.settings.remote(remote) }
        let collection = try StageCollection.read(project)
        let selected = try collection.trackedOutputs(of: selection, in: project)
        var fetch = FetchRun(project: project, remote: remote, jobs: jobs)
        if includesRunCache { try fetch.fetchRunCache() }
        let now = SelectedSnapshot(collection: collection, outputs: selected)
        try fetch.fetch([filter.apply(to: now)])
        try fetch.fetch(
            selection.snapshots(besides: selected, in: project).map(filter.apply(to:))
        )
        try fetch.throwIfIncomplete()
        return fetch.count
    }
}
