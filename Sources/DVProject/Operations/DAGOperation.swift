import DVPipeline
import DVSystem

/// What a drawing shows.
package struct DAGReport: Sendable {
    package let diagram: StageDiagram
    /// By node; empty unless asked for.
    package let states: [StageState]
}

/// The graph of stages or outputs, or the part of it around a target.
package struct DAGOperation {
    private let target: String?
    private let isFull: Bool
    private let showsOutputs: Bool
    private let isCollapsing: Bool
    private let needsStates: Bool

    /// `needsStates`: whether the workspace is compared with what is recorded.
    package init(
        target: String?,
        isFull: Bool,
        showsOutputs: Bool,
        isCollapsing: Bool,
        needsStates: Bool
    ) {
        self.target = target
        self.isFull = isFull
        self.showsOutputs = showsOutputs
        self.isCollapsing = isCollapsing
        self.needsStates = needsStates
    }

    package func run(in project: Project) throws -> DAGReport {
        let collection = try StageCollection.read(project)
        let graph = collection.graph
        let whole =
            showsOutputs ? StageDiagram(outputsOf: graph) : StageDiagram(stagesOf: graph)
        let chosen = try nodes(of: whole, in: collection, project)
        let part = whole.focused(on: chosen, isFull: isFull)
        let diagram = isCollapsing ? part.collapsed() : part
        guard needsStates else { return DAGReport(diagram: diagram, states: []) }
        return DAGReport(diagram: diagram, states: try states(of: diagram, graph, in: project))
    }

    private func nodes(
        of diagram: StageDiagram,
        in collection: StageCollection,
        _ project: Project
    ) throws -> [Int] {
        guard let target else { return [] }
        let graph = collection.graph
        let selected = try TargetSelection(targets: [target])
            .resolve(in: collection, of: project)
        let stages = Set(selected.compactMap { graph.index(of: $0.stage.id) })
        guard showsOutputs else {
            return diagram.nodes.indices.filter {
                !stages.isDisjoint(with: diagram.nodes[$0].stages)
            }
        }
        let parts = selected.compactMap(\.part).flatMap(graph.outputs(overlapping:))
        let outputs = graph.outputs(overlapping: .root)
        return outputs.indices.filter { number in
            stages.contains(outputs[number].stage)
                && (parts.isEmpty || parts.contains(outputs[number]))
        }
    }

    private func states(
        of diagram: StageDiagram,
        _ graph: StageGraph,
        in project: Project
    ) throws -> [StageState] {
        let explanations = try ExplainOperation(selection: TargetSelection(targets: []))
            .run(in: project)
        let known = Dictionary(explanations.map { ($0.stage, $0) }) { first, _ in first }
        let failures = try StageFailures(project)
        return diagram.nodes.map { node in
            node.stages.map { number in
                let stage = graph.stages[number]
                return StageState(stage, known[stage], hasFailed: failures.contains(stage))
            }
            .max() ?? .upToDate
        }
    }
}
