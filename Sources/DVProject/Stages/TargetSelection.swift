import DVPipeline
import DVSystem

/// What a user asked a command to work on.
package struct TargetSelection: Sendable {
    /// Empty means everything.
    package var targets: [String]
    package var isWithDependencies: Bool
    package var isRecursive: Bool
    /// Targets are shell-style patterns of paths.
    package var usesGlob: Bool
    /// Commits whose data a transfer moves too.
    package var revisions = RevisionScope()

    package init(
        targets: [String] = [],
        isWithDependencies: Bool = false,
        isRecursive: Bool = false,
        usesGlob: Bool = false
    ) {
        self.targets = targets
        self.isWithDependencies = isWithDependencies
        self.isRecursive = isRecursive
        self.usesGlob = usesGlob
    }
}

/// A stage that was selected, or only what one of its outputs holds at `part`.
struct SelectedStage: Hashable, Sendable {
    let stage: Stage
    /// A path at or inside an output; nil selects the whole stage.
    let part: AbsolutePath?
}

extension TargetSelection {
    /// The stages that the targets mean, each once, in the order of the targets.
    ///
    /// A target is, in this order: a stage file or `file:stage`, a stage of the `dvc.yaml` here, a tracked path, and with
    /// `isRecursive` a folder.
    func resolve(in collection: StageCollection, of project: Project) throws -> [SelectedStage] {
        guard !targets.isEmpty else {
            return collection.stages.map { SelectedStage(stage: $0, part: nil) }
        }
        let names =
            usesGlob
            ? try PathPattern.matches(targets, in: project)
            : targets
        var selected: [SelectedStage] = []
        var seen: Set<SelectedStage> = []
        for name in names {
            for entry in try resolve(name, in: collection, of: project)
            where seen.insert(entry).inserted {
                selected.append(entry)
            }
        }
        return selected
    }

    private func resolve(
        _ target: String,
        in collection: StageCollection,
        of project: Project
    ) throws -> [SelectedStage] {
        let graph = collection.graph
        do {
            let found = try graph.select(
                [target],
                SelectionOptions(isRecursive: isRecursive),
                at: project.place
            )
            let wanted = isWithDependencies ? graph.withUpstream(found) : found
            return wanted.map { SelectedStage(stage: graph.stages[$0], part: nil) }
        } catch let error as SelectionError {
            let path = project.path(of: target)
            let holder = graph.outputs(overlapping: path).first {
                path.hasPrefix(graph.stages[$0.stage].outputs[$0.output].path)
            }
            guard let holder else { throw TargetError(target: target, cause: error) }
            let whole = SelectedStage(stage: graph.stages[holder.stage], part: path)
            guard isWithDependencies else { return [whole] }
            let others = graph.withUpstream([holder.stage]).filter { $0 != holder.stage }
            return others.map { SelectedStage(stage: graph.stages[$0], part: nil) } + [whole]
        }
    }
}

/// A target that means nothing tracked.
package struct TargetError: Error, Sendable {
    package let target: String
    package let cause: SelectionError
}
