import DVObjects
import DVRemotes

/// What is to be moved, or compared, between the cache and which remote.
package struct TransferRequest: Sendable {
    package var selection: TargetSelection
    /// Nil means what each output is bound to, else the project's default.
    package var remote: String?
    /// Threads; nil means the project's setting.
    package var jobs: Int?
    /// How fast data may pass to and from other machines; nil for no limit.
    package var bandwidth: Bandwidth?
    /// Whether results of runs are moved too.
    package var includesRunCache: Bool

    package init(
        _ selection: TargetSelection = TargetSelection(),
        remote: String? = nil,
        jobs: Int? = nil,
        bandwidth: Bandwidth? = nil,
        includesRunCache: Bool = false
    ) {
        self.selection = selection
        self.remote = remote
        self.jobs = jobs
        self.bandwidth = bandwidth
        self.includesRunCache = includesRunCache
    }

    func jobs(in project: Project) -> Int { jobs ?? project.settings.jobs }

    /// For work with a remote.
    func jobs(with remote: any ObjectCollection, in project: Project) -> Int {
        remote.jobs(jobs, usual: project.settings.jobs)
    }
}
