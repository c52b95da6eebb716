import DVObjects

/// What is to be moved, or compared, between the cache and which remote.
package struct TransferRequest: Sendable {
    package var selection: TargetSelection
    /// Nil means what each output is bound to, else the project's default.
    package var remote: String?
    /// Threads; nil means the project's setting.
    package var jobs: Int?
    /// Whether results of runs are moved too.
    package var includesRunCache: Bool

    package init(
        _ selection: TargetSelection = TargetSelection(),
        remote: String? = nil,
        jobs: Int? = nil,
        includesRunCache: Bool = false
    ) {
        self.selection = selection
        self.remote = remote
        self.jobs = jobs
        self.includesRunCache = includesRunCache
    }

    func jobs(in project: Project) -> Int { jobs ?? project.settings.jobs }

    /// For work with a remote.
    func jobs(with remote: any ObjectCollection, in project: Project) -> Int {
        remote.jobs(jobs, usual: project.settings.jobs)
    }
}
