import DVSystem

/// Brings the objects of outputs from a remote into the cache.
package struct FetchOperation {
    private let request: TransferRequest
    private let filter: FetchFilter

    package init(_ request: TransferRequest, filter: FetchFilter = FetchFilter()) {
        self.request = request
        self.filter = filter
    }

    /// Throws `ProjectError.transferFailed` after everything that can be fetched was fetched.
    package func run(in project: Project) throws -> TransferCount {
        // A remote that was asked for must be there even if nothing is to be fetched.
        if request.remote != nil { _ = try project.settings.remote(request.remote) }
        let collection = try StageCollection.read(project)
        let selected = try collection.trackedOutputs(of: request.selection, in: project)
        var fetch = FetchRun(request, in: project)
        if request.includesRunCache { try fetch.fetchRunCache() }
        let now = SelectedSnapshot(collection: collection, outputs: selected)
        try fetch.fetch([filter.apply(to: now)])
        try fetch.fetch(
            request.selection.snapshots(besides: selected, in: project).map(filter.apply(to:))
        )
        try fetch.throwIfIncomplete()
        return fetch.count
    }
}
