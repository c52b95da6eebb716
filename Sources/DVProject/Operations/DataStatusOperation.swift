import DVFormats
import DVGit
import DVHashing
import DVObjects
import DVPipeline
import DVSystem

/// What became of tracked data between two moments, as DVC prints paths: from the project's root, folders with a slash.
package struct DataChanges: Sendable {
    package var modified: [String] = []
    /// The cache does not have the listing that would tell.
    package var unknown: [String] = []
    package var added: [String] = []
    package var renamed: [(old: String, new: String)] = []
    package var deleted: [String] = []
}

/// The state of all tracked data.
package struct DataStatus: Sendable {
    package var missingInCache: [String] = []
    package var missingOnRemote: [String] = []
    /// From the last commit to the pointers.
    package var committed = DataChanges()
    /// From the pointers to the workspace.
    package var uncommitted = DataChanges()
    /// From the working directory; only if asked for.
    package var untracked: [String] = []
    /// The same in the last commit, in the pointers and in the workspace; only if asked for.
    package var unchanged: [String] = []
    /// Whether Git sees changes.
    package var isGitDirty = false
    package var isGitEmpty = false
}

/// What a data status looks at.
package struct DataStatusOptions: Sendable {
    package var targets: [String] = []
    package var isGranular = false
    package var listsUnchanged = false
    package var listsUntracked = false
    package var comparesRemote = false
    /// Instead of the default remote.
    package var remote: String?

    package init() {}
}

/// Compares the last commit, the pointers and the workspace.
package struct DataStatusOperation {
    private let options: DataStatusOptions

    package init(options: DataStatusOptions) {
        self.options = options
    }

    package func run(in project: Project) throws -> DataStatus {
        let collection = try StageCollection.read(project)
        let scope = PathScope(
            roots: options.targets.compactMap { project.path(of: $0).relative(to: project.root) }
        )
        let recorded = try TrackedState(recordedIn: collection, below: project.root)
        let present = try TrackedState(presentAt: collection, of: project, in: scope)
        var comparison = StateComparison(project: project, scope: scope)
        comparison.isGranular = options.isGranular
        comparison.listsUnchanged = options.listsUnchanged
        var status = DataStatus()
        var changes = try comparison.changes(from: recorded, to: present)
        status.uncommitted = DataChanges(&changes)
        var unchanged = Set(changes.unchanged.map(\.shown))
        status.missingInCache = try missingInCache(recorded, scope, project)
        if options.comparesRemote {
            status.missingOnRemote = try missingOnRemote(collection, scope, project)
        }
        if let head = try lastCommit(of: project, &status) {
            var changes = try comparison.changes(from: head, to: recorded)
            status.committed = DataChanges(&changes)
            unchanged.formIntersection(changes.unchanged.map(\.shown))
        }
        status.unchanged = unchanged.sorted()
        return status
    }

    private func missingInCache(
        _ recorded: TrackedState,
        _ scope: PathScope,
        _ project: Project
    ) throws -> [String] {
        try recorded.gapsInCache(of: project, scope, isGranular: options.isGranular).map(\.shown)
    }

    /// What the last commit records, nothing before the first; nil without Git.
    private func lastCommit(of project: Project, _ status: inout DataStatus) throws -> TrackedState?
    {
        guard let git = try project.openGit() else { return nil }
        let found = try git.status(listingUntracked: options.listsUntracked)
        status.isGitDirty = found.isDirty
        status.isGitEmpty = git.hasNoCommits
        status.untracked = try untracked(found.untracked, git, project)
        guard !git.hasNoCommits else { return TrackedState() }
        let history = try ProjectHistory(of: project)
        let stages = try history.stages(at: try history.commit(named: "HEAD"))
        return try TrackedState(recordedIn: stages, below: project.root)
    }

    /// Those below the project's root and the targets, named from the working directory.
    private func untracked(
        _ paths: [RelativePath],
        _ git: GitRepository,
        _ project: Project
    ) throws -> [String] {
        let root = try project.root.resolvingLinks()
        let here = try project.workingDirectory.resolvingLinks()
        let targets = options.targets.map { AbsolutePath($0, relativeTo: here) }
        return paths.map(git.workingDirectory.appending).filter { path in
            path.hasPrefix(root)
                && (targets.isEmpty || targets.contains { path.hasPrefix($0) })
        }
        .map { $0.climbing(from: here) }
    }
}

extension DataStatusOperation {
    /// What a push would have to send, outputs that are never pushed left out.
    private func missingOnRemote(
        _ collection: StageCollection,
        _ scope: PathScope,
        _ project: Project
    ) throws -> [String] {
        let everything = collection.stages.map { SelectedStage(stage: $0, part: nil) }
        let outputs = try collection.trackedOutputs(everything, in: project).filter {
            $0.output.options.isPushed
        }
        var remotes: [RelativePath: RemoteDefinition] = [:]
        for tracked in outputs {
            guard let path = tracked.output.path.relative(to: project.root) else { continue }
            do {
                let name = tracked.output.options.remote ?? options.remote
                remotes[path] = try project.settings.remote(name)
            } catch ProjectError.noRemote {
                // As in DVC: without a remote nothing is missing there.
                continue
            }
        }
        let recorded = try TrackedState(recordedIn: collection, below: project.root)
            .restricted { remotes[$0] != nil }
        return try recorded.gaps(in: project, scope, isGranular: options.isGranular) {
            path,
            scheme,
            names in
            let output = recorded.contents[path].map { VersionedOutput(path, $0.record) }
            let remote = try remotes[path]?
                .open(scheme: scheme, holding: output.map { [$0] } ?? [])
            return try remote?.missing(among: names, jobs: project.settings.jobs) ?? []
        }
        .map(\.shown)
    }
}

extension DataChanges {
    /// Renames are found on the way.
    fileprivate init(_ changes: inout TrackedChanges) {
        changes.findRenames()
        changes.sort()
        modified = changes.modified.map(\.shown)
        unknown = changes.unknown.filter { $0.new != nil }.map(\.shown)
        added = changes.added.map(\.shown)
        renamed = changes.renamed.map { rename in
            let isFolder = rename.name.isListing
            return (
                TrackedChange.shown(rename.old, isFolder: isFolder),
                TrackedChange.shown(rename.new, isFolder: isFolder)
            )
        }
        deleted = changes.deleted.map(\.shown)
    }
}
