import DVSystem

/// A graph as it is shown: named nodes, and lines from what is needed to what needs it.
package struct StageDiagram: Sendable {
    package struct Node: Sendable {
        package let name: String
        /// The stages that it stands for, as indices of the graph.
        package private(set) var stages: [Int]

        fileprivate func merging(_ other: Node) -> Node {
            var node = self
            node.stages += other.stages
            return node
        }
    }

    package let nodes: [Node]
    /// For each node those that need it, ascending.
    package let dependents: [[Int]]

    private init(_ nodes: [Node], _ edges: some Sequence<(from: Int, to: Int)>) {
        var dependents = Array(repeating: Set<Int>(), count: nodes.count)
        for edge in edges { dependents[edge.from].insert(edge.to) }
        self.nodes = nodes
        self.dependents = dependents.map { $0.sorted() }
    }

    /// A node for each stage.
    package init(stagesOf graph: StageGraph) {
        let edges = graph.stages.indices.lazy.flatMap { stage in
            graph.upstream(of: stage).map { (from: $0, to: stage) }
        }
        self.init(
            graph.stages.enumerated().map { Node(name: $1.address, stages: [$0]) },
            edges
        )
    }

    /// A node for each output, with lines from those that its stage reads; in DVC's order, which is that of folders.
    package init(outputsOf graph: StageGraph) {
        let outputs = graph.outputs(overlapping: .root)
        let numbers = Dictionary(outputs.enumerated().map { ($1, $0) }) { first, _ in first }
        var edges: [(from: Int, to: Int)] = []
        for (number, output) in outputs.enumerated() where !graph.stages[output.stage].isImport {
            let needed = graph.stages[output.stage].inputPaths.flatMap(graph.outputs(overlapping:))
            edges += needed.compactMap { numbers[$0] }.map { (from: $0, to: number) }
        }
        let nodes = outputs.map { output in
            Node(
                name: graph.stages[output.stage].outputs[output.output].display,
                stages: [output.stage]
            )
        }
        self.init(nodes, edges)
    }

    /// The nodes and what they need or, with `isFull`, everything connected with them; all of it for no nodes.
    package func focused(on chosen: [Int], isFull: Bool) -> StageDiagram {
        guard !chosen.isEmpty else { return self }
        var needed = Array(repeating: [Int](), count: nodes.count)
        for edge in edges { needed[edge.to].append(edge.from) }
        var search = DepthFirstSearch(count: nodes.count)
        for node in chosen {
            search.visit(from: node) { isFull ? needed[$0] + dependents[$0] : needed[$0] }
        }
        return keeping(search.postorder.sorted())
    }

    /// The stages of each `foreach` and `matrix` as one node, behind all others.
    package func collapsed() -> StageDiagram {
        let groups = nodes.map(\.group)
        let rest = nodes.indices.filter { groups[$0] == nil }
        var collapsed = rest.map { nodes[$0] }
        var numbers: [String: Int] = [:]
        var places = Array(repeating: 0, count: nodes.count)
        for (place, node) in rest.enumerated() { places[node] = place }
        for (index, group) in groups.enumerated() {
            guard let group else { continue }
            if let known = numbers[group] {
                collapsed[known] = collapsed[known].merging(nodes[index])
            } else {
                numbers[group] = collapsed.count
                collapsed.append(Node(name: group, stages: nodes[index].stages))
            }
            places[index] = numbers[group] ?? 0
        }
        return StageDiagram(collapsed, edges.map { (from: places[$0.from], to: places[$0.to]) })
    }

    /// The parts that nothing connects, each with its nodes in order.
    package var components: [StageDiagram] { numberedComponents.map(\.diagram) }

    /// The same with the numbers that the nodes have here.
    package var numberedComponents: [NumberedDiagram] {
        var neighbors = dependents
        for edge in edges { neighbors[edge.to].append(edge.from) }
        var search = DepthFirstSearch(count: nodes.count)
        return nodes.indices.compactMap { node in
            let known = search.postorder.count
            search.visit(from: node) { neighbors[$0] }
            let members = search.postorder[known...].sorted()
            guard !members.isEmpty else { return nil }
            return NumberedDiagram(diagram: keeping(members), numbers: members)
        }
    }

    /// By node, those that a node leads to ascending.
    package var edges: [(from: Int, to: Int)] {
        dependents.enumerated().flatMap { from, targets in targets.map { (from: from, to: $0) } }
    }

    private func keeping(_ members: [Int]) -> StageDiagram {
        let places = Dictionary(members.enumerated().map { ($1, $0) }) { first, _ in first }
        let kept = members.enumerated().flatMap { place, node in
            dependents[node].compactMap { places[$0] }.map { (from: place, to: $0) }
        }
        return StageDiagram(members.map { nodes[$0] }, kept)
    }
}

/// A part of a diagram, and which nodes of it these are.
package struct NumberedDiagram: Sendable {
    package let diagram: StageDiagram
    package let numbers: [Int]
}

extension StageDiagram.Node {
    /// As DVC takes it from the name: what stands before `@`.
    fileprivate var group: String? {
        guard !name.hasSuffix(".dvc"), let at = name.firstIndex(of: "@") else { return nil }
        return String(name[..<at])
    }
}
