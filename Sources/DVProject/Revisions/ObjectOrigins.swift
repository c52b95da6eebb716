import DVFormats
import DVGit
import DVHashing
import DVObjects
import DVPipeline
import DVSystem

/// Where an object was last needed.
package struct ObjectOrigin: Hashable, Sendable {
    /// Relative to the project's root.
    package let path: String
    /// The newest commit that needs it; nil if the workspace does.
    package let commit: GitCommit?
}

/// Looks through the workspace and the history for paths that need certain objects.
struct ObjectOrigins {
    private var wanted: Set<ObjectName>
    private var seen: Set<ContentRecord> = []
    private(set) var origins: [ObjectName: ObjectOrigin] = [:]

    /// Reads history, newest first, only as far as it takes to find them all.
    ///
    /// Objects that only the run cache or nobody ever needed have no origin. Stage files that cannot be read are passed by.
    static func find(
        _ names: some Sequence<ObjectName>,
        in project: Project
    ) throws -> [ObjectName: ObjectOrigin] {
        var search = ObjectOrigins(wanted: Set(names))
        guard !search.wanted.isEmpty else { return [:] }
        try search.add(StageCollection.read(project), commit: nil, in: project)
        guard !search.wanted.isEmpty, try project.openGit() != nil else { return search.origins }
        let history = try ProjectHistory(of: project)
        try history.forEachCommit { commit in
            try Interruption.check()
            do {
                try search.add(history.stages(at: commit), commit: commit, in: project)
            } catch is FormatError {
                // A commit with a broken stage file tells nothing.
            } catch is GraphError {
                // Likewise one whose stages contradict each other.
            }
            return !search.wanted.isEmpty
        }
        return search.origins
    }

    private init(wanted: Set<ObjectName>) {
        self.wanted = wanted
    }

    private mutating func add(
        _ collection: StageCollection,
        commit: GitCommit?,
        in project: Project
    ) throws {
        let all = collection.stages.map { SelectedStage(stage: $0, part: nil) }
        for output in try collection.trackedOutputs(all, in: project) {
            guard let record = output.record, seen.insert(record).inserted else { continue }
            let path = output.output.path.relative(to: project.root) ?? .empty
            note(record.name, path, commit)
            if record.name.isListing { addMembers(of: record, at: path, commit, in: project) }
        }
    }

    private mutating func addMembers(
        of record: ContentRecord,
        at path: RelativePath,
        _ commit: GitCommit?,
        in project: Project
    ) {
        // A listing that is gone or damaged tells nothing.
        guard let listing = try? project.listing(record) else { return }
        for index in listing.indices where wanted.contains(ObjectName(listing.digest(at: index))) {
            note(
                ObjectName(listing.digest(at: index)),
                path.appending(listing.path(at: index)),
                commit
            )
        }
    }

    private mutating func note(_ name: ObjectName, _ path: RelativePath, _ commit: GitCommit?) {
        guard wanted.remove(name) != nil else { return }
        let shown = path.string + (name.isListing ? "/" : "")
        origins[name] = ObjectOrigin(path: shown, commit: commit)
    }
}
