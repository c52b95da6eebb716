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
    private let names: Set<ObjectName>
    /// Only what is recorded under this scheme needs the objects.
    private let scheme: HashScheme
    /// Whether the newest origin of each object is enough.
    private let isFirstEnough: Bool
    /// Listings that need none of the objects.
    private let passed: SortedNames
    private var seen: Set<ContentRecord> = []
    private var origins: [ObjectName: [ObjectOrigin]] = [:]

    /// The newest origin of each object; history is read, newest first, only as far as that takes.
    ///
    /// Objects that only the run cache or nobody ever needed have no origin. Stage files that cannot be read are passed by,
    /// and the listings in `passed`, of which a caller knows that they need none of the objects.
    static func newest(
        of names: some Sequence<ObjectName>,
        _ scheme: HashScheme,
        passing passed: SortedNames = SortedNames(),
        in project: Project
    ) throws -> [ObjectName: ObjectOrigin] {
        var search = ObjectOrigins(names: Set(names), scheme, isFirstEnough: true, passed)
        try search.run(in: project)
        return search.origins.compactMapValues(\.first)
    }

    /// All paths that ever needed each object, each with the newest commit that does.
    static func all(
        of names: some Sequence<ObjectName>,
        _ scheme: HashScheme,
        in project: Project
    ) throws -> [ObjectName: [ObjectOrigin]] {
        var search = ObjectOrigins(names: Set(names), scheme, isFirstEnough: false)
        try search.run(in: project)
        return search.origins
    }

    private init(
        names: Set<ObjectName>,
        _ scheme: HashScheme,
        isFirstEnough: Bool,
        _ passed: SortedNames = SortedNames()
    ) {
        self.names = names
        self.passed = passed
        self.scheme = scheme
        self.isFirstEnough = isFirstEnough
    }

    private var isDone: Bool { names.isEmpty || isFirstEnough && origins.count == names.count }

    private mutating func run(in project: Project) throws {
        guard !isDone else { return }
        try add(StageCollection.read(project), commit: nil, in: project)
        guard !isDone, try project.openGit() != nil else { return }
        let history = try ProjectHistory(of: project)
        try history.forEachCommit { commit in
            try Interruption.check()
            do {
                try add(history.stages(at: commit), commit: commit, in: project)
            } catch is FormatError {
                // A commit with a broken stage file tells nothing.
            } catch is GraphError {
                // Likewise one whose stages contradict each other.
            }
            return !isDone
        }
    }

    private mutating func add(
        _ collection: StageCollection,
        commit: GitCommit?,
        in project: Project
    ) throws {
        let all = collection.stages.map { SelectedStage(stage: $0, part: nil) }
        for output in try collection.trackedOutputs(all, in: project) {
            guard let record = output.record, record.scheme == scheme,
                seen.insert(record).inserted
            else { continue }
            let path = output.output.path.relative(to: project.root) ?? .empty
            note(record.name, path, commit)
            guard record.name.isListing, !passed.contains(record.name) else { continue }
            addMembers(of: record, at: path, commit, in: project)
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
        for index in listing.indices where names.contains(ObjectName(listing.digest(at: index))) {
            note(
                ObjectName(listing.digest(at: index)),
                path.appending(listing.path(at: index)),
                commit
            )
        }
    }

    private mutating func note(_ name: ObjectName, _ path: RelativePath, _ commit: GitCommit?) {
        guard names.contains(name), !isFirstEnough || origins[name] == nil else { return }
        let shown = path.string + (name.isListing ? "/" : "")
        guard origins[name]?.contains(where: { $0.path == shown }) != true else { return }
        origins[name, default: []].append(ObjectOrigin(path: shown, commit: commit))
    }
}
