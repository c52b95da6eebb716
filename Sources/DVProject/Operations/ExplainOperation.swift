import DVPipeline
import DVSystem

/// Finds out why stages would run, and through which others that reaches them; runs nothing.
package struct ExplainOperation {
    private let selection: TargetSelection

    package init(selection: TargetSelection) {
        self.selection = selection
    }

    /// The stages that are not up to date, in the order in which they would run.
    package func run(in project: Project) throws -> [Explanation] {
        let collection = try StageCollection.read(project)
        let staleness = Staleness(WorkspaceSource(project, try collection.datasets()))
        return try plan(in: collection, project).explanations { stage in
            try Interruption.check()
            return try staleness.reasons(stage, try collection.record(of: stage))
        }
    }

    private func plan(in collection: StageCollection, _ project: Project) throws -> StagePlan {
        let graph = collection.graph
        guard !selection.targets.isEmpty else { return graph.plan([], scope: .everything) }
        let selected = Set(try selection.resolve(in: collection, of: project).map(\.stage))
        let targets = graph.stages.indices.filter { selected.contains(graph.stages[$0]) }
        return graph.plan(targets, scope: .upstream)
    }
}
