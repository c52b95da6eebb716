import DVFormats
import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// Where an object is missing.
package enum RemoteState: String, Sendable, Comparable {
    /// The cache does not have it.
    case deleted
    /// The remote does not have it.
    case new
    /// Neither has it.
    case missing

    /// Being in neither is worse than being in one of them.
    package static func < (left: RemoteState, right: RemoteState) -> Bool {
        left.severity < right.severity
    }

    private var severity: Int {
        switch self {
        case .deleted: 0
        case .new: 1
        case .missing: 2
        }
    }
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
    private let request: TransferRequest

    package init(_ request: TransferRequest) {
        self.request = request
    }

    package func run(in project: Project) throws -> RemoteStatus {
        let chosen = try project.settings.remote(request.remote)
        let collection = try StageCollection.read(project)
        let selected = try collection.trackedOutputs(of: request.selection, in: project)
        let now = SelectedSnapshot(collection: collection, outputs: selected)
        let snapshots = try [now] + request.selection.snapshots(besides: selected, in: project)
        let outputs = snapshots.flatMap(\.pushedOutputs)
        // As in DVC: a listing that only the remote has is fetched, as it tells what is compared. Without it, it is missing itself.
        var fetch = FetchRun(request, in: project)
        try fetch.fetchListings(of: outputs)
        var known = KnownDirectories(project)
        let open = try outputs.filter {
            try !known.isInCache($0) || !known.isInRemote($0, request.remote)
        }
        let used = try UsedObjects(open, in: project)
        // A path that differs in several commits is told once, with the worst of its states.
        var changes: [String: RemoteState] = [:]
        for group in try used.byRemote(request.remote, in: project) {
            changes.merge(try compare(group, in: project), uniquingKeysWith: max)
        }
        return RemoteStatus(
            changes: changes.map { (path: $0.key, state: $0.value) }.sorted { $0.path < $1.path },
            remote: chosen.name,
            isProjectEmpty: collection.stages.isEmpty
        )
    }

    private func compare(
        _ group: RemoteGroup,
        in project: Project
    ) throws -> [(String, RemoteState)] {
        let names = group.names
        let local = Set(
            try group.groups.missing(in: group.cache, of: project) {
                try group.cache.missing(among: names, jobs: request.jobs(in: project))
            }
        )
        let far = Set(
            try group.missingRemotely(
                jobs: request.jobs(with: group.remote, in: project),
                in: project
            )
        )
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
