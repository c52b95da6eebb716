import DVSystem

/// How the stages of a project depend on each other; free of overlaps and cycles.
///
/// A stage needs another if one of its dependencies or parameter files equals, lies inside, or contains an output of it.
package struct StageGraph: Sendable {
    /// In the order given.
    package let stages: [Stage]
    private let outputIndex: OutputIndex
    private let needed: [[Int]]
    private let dependents: [[Int]]
    private let numbers: [StageID: Int]

    /// Builds and checks the graph in O(n log n).
    ///
    /// The order of `stages` decides the order of execution where dependencies leave it open: DVC collects a folder's
    /// files before its subfolders', and the stages of a file in their order there.
    ///
    /// With `onProblem`, contradictions are told instead of thrown: of outputs that overlap the first counts, and cycles stay.
    package init(
        _ stages: [Stage],
        onProblem: ((GraphError) -> Void)? = nil
    ) throws(GraphError) {
        let index = try OutputIndex(stages, onProblem: onProblem)
        var needed: [[Int]] = []
        var dependents = Array(repeating: [Int](), count: stages.count)
        for (number, stage) in stages.enumerated() {
            var seen: Set<Int> = []
            let found = stage.inputPaths.flatMap(index.overlapping).map(\.stage)
            needed.append(found.filter { seen.insert($0).inserted })
            for other in needed[number] { dependents[other].append(number) }
        }
        self.stages = stages
        outputIndex = index
        self.needed = needed
        self.dependents = dependents
        numbers = Dictionary(stages.enumerated().map { ($1.id, $0) }) { first, _ in first }
        guard let cycle else { return }
        guard let onProblem else { throw cycle }
        onProblem(cycle)
    }

    /// The stages whose outputs `stage` reads, in the order of its dependencies.
    package func upstream(of stage: Int) -> [Int] { needed[stage] }

    /// The stages that read outputs of `stage`, in the order of the graph.
    package func downstream(of stage: Int) -> [Int] { dependents[stage] }

    /// As `upstream`, but a frozen stage needs nothing.
    package func activeUpstream(of stage: Int) -> [Int] {
        stages[stage].isFrozen ? [] : needed[stage]
    }

    /// As `downstream`, without frozen stages.
    package func activeDownstream(of stage: Int) -> [Int] {
        dependents[stage].filter { !stages[$0].isFrozen }
    }

    package func index(of id: StageID) -> Int? { numbers[id] }

    /// Outputs at, above or below `path`.
    package func outputs(overlapping path: AbsolutePath) -> [OutputReference] {
        outputIndex.overlapping(path)
    }

    private var cycle: GraphError? {
        var search = DepthFirstSearch(count: stages.count, isFindingCycles: true)
        for start in stages.indices { search.visit(from: start) { needed[$0] } }
        return search.cycle.map { .cycle($0.map { stages[$0] }) }
    }
}
