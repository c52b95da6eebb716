import DVFormats
import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// Where an object is missing.
package enum RemoteState: String, Sendable {
    /// The remote does not have it.
    case new
    /// The cache does not have it.
    case deleted
    /// Neither has it.
    case missing
}

/// Compares the cache with a remote.
package struct RemoteStatus: Sendable {
    /// By path, sorted.
    package let changes: [(path: String, state: RemoteState)]
    package let remote: String
    package let isProjectEmpty: Bool
}

/// What a push would send and a fetch would bring.
package struct RemoteStatusOperation {
    private let selection: TargetSelection
    private let remote: String?
    private let jobs: Int?

    package init(selection: TargetSelection, remote: String?, jobs: Int?) {
        self.selection = selection
        self.remote = remote
        self.jobs = jobs
    }

    package func run(in project: Project) throws -> RemoteStatus {
        let chosen = try project.settings.remote(remote)
        let collection = try StageCollection.read(project)
        let outputs = try collection.trackedOutputs(of: selection, in: project).filter {
            $0.output.options.isPushed && !collection.isFromRepository($0)
        }
        // As in DVC: a listing that only the remote has is fetched, as it tells what is compared. Without it, it is missing itself.
        var fetch = FetchRun(project: project, remote: remote, jobs: jobs)
        try fetch.fetchListings(of: outputs)
        let used = try UsedObjects(outputs, in: project)
        var changes: [(path: String, state: RemoteState)] = []
        for group in try used.byRemote(remote, in: project) {
            changes += try compare(group, in: project)
        }
        return RemoteStatus(
            changes: changes.sorted { $0.path < $1.path },
            remote: chosen.name,
            isProjectEmpty: collection.stages.isEmpty
        )
    }

    private func compare(
        _ group: RemoteGroup,
        in project: Project
    ) throws -> [(path: String, state: RemoteState)] {
        let jobs = jobs ?? project.settings.jobs
        let names = group.names
        let local = Set(try group.cache.missing(among: names, jobs: jobs))
        let far = Set(try group.remote.missing(among: names, jobs: jobs))
        return names.compactMap { name in
            let state: RemoteState? =
                switch (local.contains(name), far.contains(name)) {
                case (false, false): nil
                case (false, true): .new
                case (true, false): .deleted
                case (true, true): .missing
                }
            return state.map { (group.path(needing: name, in: project), $0) }
        }
    }
}
