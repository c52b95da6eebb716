import DVFormats
import DVHashing
import DVPipeline
import DVSystem

/// What a diff found; paths are as DVC prints them, from the project's root.
package struct DiffReport: Sendable {
    package struct Entry: Sendable {
        package let path: String
        /// Nil unless the content has another path now.
        package let newPath: String?
        /// Names of the content; both for modified paths, else one.
        package let old: String?
        package let new: String?
    }

    package var added: [Entry] = []
    package var deleted: [Entry] = []
    package var renamed: [Entry] = []
    package var modified: [Entry] = []
    package var missing: [Entry] = []

    package var isEmpty: Bool {
        added.isEmpty && deleted.isEmpty && renamed.isEmpty && modified.isEmpty && missing.isEmpty
    }
}

/// Compares tracked data of two revisions, or of a revision and the workspace.
package struct DiffOperation {
    private let old: String
    /// Nil means the workspace.
    private let new: String?
    private let targets: [String]

    package init(from old: String, to new: String?, targets: [String]) {
        self.old = old
        self.new = new
        self.targets = targets
    }

    package func run(in project: Project) throws -> DiffReport {
        let history = try ProjectHistory(of: project)
        if try history.git.commit(named: "HEAD") == nil { return DiffReport() }
        let oldCommit = try history.commit(named: old)
        let newCommit = try new.map { try history.commit(named: $0) }
        if oldCommit.id == newCommit?.id { return DiffReport() }
        let before = try history.stages(at: oldCommit)
        let after = try newCommit.map { try history.stages(at: $0) } ?? .read(project)
        let scope = try scope(in: [before, after], of: project)
        let oldState = try TrackedState(recordedIn: before, below: project.root)
        let newState =
            newCommit == nil
            ? try TrackedState(presentAt: after, of: project, in: scope)
            : try TrackedState(recordedIn: after, below: project.root)
        let comparison = StateComparison(project: project, scope: scope)
        var changes = try comparison.changes(from: oldState, to: newState)
        changes.findRenames()
        var report = DiffReport(changes)
        if newCommit == nil {
            let gaps = try oldState.gapsInCache(of: project, scope, isGranular: true)
            report.missing = DiffReport.sorted(gaps.map(DiffReport.Entry.init))
        }
        return report
    }

    /// A target has to mean something in one of the collections at least.
    private func scope(in collections: [StageCollection], of project: Project) throws -> PathScope {
        guard !targets.isEmpty else { return .everything }
        var roots: Set<RelativePath> = []
        for target in targets {
            var isFound = false
            for collection in collections {
                do {
                    let selection = TargetSelection(targets: [target])
                    for entry in try selection.resolve(in: collection, of: project) {
                        let paths = entry.part.map { [$0] } ?? entry.stage.outputs.map(\.path)
                        roots.formUnion(paths.compactMap { $0.relative(to: project.root) })
                    }
                    isFound = true
                } catch is TargetError {
                    // The other side may know it.
                }
            }
            guard isFound else { throw ProjectError.targetMissing(target) }
        }
        return PathScope(roots: roots.sorted())
    }
}

extension DiffReport.Entry {
    fileprivate init(_ change: TrackedChange) {
        let isOldFolder = (change.old ?? change.new)?.isListing ?? false
        path = TrackedChange.shown(change.path, isFolder: isOldFolder)
        newPath = nil
        old = change.old?.text
        new = change.new?.text
    }

    fileprivate init(_ rename: TrackedRename) {
        path = TrackedChange.shown(rename.old, isFolder: rename.name.isListing)
        newPath = TrackedChange.shown(rename.new, isFolder: rename.name.isListing)
        old = rename.name.text
        new = nil
    }

    fileprivate init(_ gap: ObjectGap) {
        path = gap.shown
        newPath = nil
        old = gap.name.text
        new = nil
    }
}

extension DiffReport {
    fileprivate init(_ changes: TrackedChanges) {
        added = Self.sorted(changes.added.map(Entry.init))
        deleted = Self.sorted(changes.deleted.map(Entry.init))
        renamed = Self.sorted(changes.renamed.map(Entry.init))
        modified = Self.sorted(changes.modified.map(Entry.init))
    }

    /// By the text: the slash behind a folder counts.
    fileprivate static func sorted(_ entries: [Entry]) -> [Entry] {
        entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
