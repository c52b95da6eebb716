import DVSystem

/// Brings the objects of outputs from a remote into the cache.
package struct FetchOperation {
    private let selection: TargetSelection
    private let remote: String?
    private let jobs: Int?
    private let includesRunCache: Bool

    package init(
        selection: TargetSelection,
        remote: String?,
        jobs: Int?,
        includesRunCache: Bool = false
    ) {
        self.selection = selection
        self.remote = remote
        self.jobs = jobs
        self.includesRunCache = includesRunCache
    }

    /// Throws `ProjectError.transferFailed` after everything that can be fetched was fetched.
    package func run(in project: Project) throws -> TransferCount {
        // A remote that was asked for must be there even if nothing is to be fetched.
        if remote != nil { _ = try project.settings.remote(remote) }
        let collection = try StageCollection.read(project)
        let selected = try collection.trackedOutputs(of: selection, in: project)
        var fetch = FetchRun(project: project, remote: remote, jobs: jobs)
        if includesRunCache { try fetch.fetchRunCache() }
        let outputs = try fetch.fetchImports(among: selected, of: collection)
        try fetch.fetchListings(of: outputs)
        try fetch.fetch(try UsedObjects(outputs, in: project))
        try fetch.fetch(selection.snapshots(besides: selected, in: project))
        try fetch.throwIfIncomplete()
        return fetch.count
    }
}
