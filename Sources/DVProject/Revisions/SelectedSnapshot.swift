import DVFormats
import DVGit
import DVSystem

/// What a selection means at a commit.
struct SelectedSnapshot {
    let collection: StageCollection
    let outputs: [TrackedOutput]

    /// Those whose data belongs on the project's remotes.
    var pushedOutputs: [TrackedOutput] {
        outputs.filter { $0.output.options.isPushed && !collection.isFromRepository($0) }
    }
}

extension TargetSelection {
    private struct Wanted: Hashable {
        let record: ContentRecord
        let inside: RelativePath
        let remote: String?

        init?(_ output: TrackedOutput) {
            guard let record = output.record else { return nil }
            self.record = record
            inside = output.partInside
            remote = output.output.options.remote
        }
    }

    /// What it means in the commits of `revisions`; content that the workspace or a commit before has is left out.
    ///
    /// A commit whose stages cannot be read is told and passed over; one that does not know a target has nothing of it.
    func snapshots(
        besides workspace: [TrackedOutput],
        in project: Project
    ) throws -> [SelectedSnapshot] {
        guard !revisions.isEmpty else { return [] }
        let history = try ProjectHistory(of: project)
        var seen = Set(workspace.compactMap(Wanted.init))
        return try history.commits(in: revisions).compactMap { commit in
            try Interruption.check()
            do {
                let collection = try history.stages(at: commit)
                let outputs = try collection.trackedOutputs(of: self, in: project)
                let fresh = outputs.filter { output in
                    Wanted(output).map { seen.insert($0).inserted } ?? false
                }
                return SelectedSnapshot(collection: collection, outputs: fresh)
            } catch is TargetError {
                return nil
            } catch let error where !(error is Interrupted) {
                let shown = commit.id.hex.prefix(7)
                project.reporter.report(.warning("commit \(shown) is passed over: \(error)"))
                return nil
            }
        }
    }
}
