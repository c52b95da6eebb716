import DVPipeline
import DVSystem
import Testing

/// The order of execution against what DVC 3.67.1 printed for the same graphs.
@Suite struct StagePlanTests {
    @Test(arguments: RecordedOrder.all)
    func `stages run in DVC's order`(recorded: RecordedOrder) throws {
        let graph = try StageGraph(recorded.stages)
        for example in recorded.cases {
            let names =
                example.targets.isEmpty ? recorded.stages.compactMap(\.name) : example.targets
            let targets = names.compactMap { graph.index(of: id($0)) }
            let plan = graph.plan(targets, scope: example.scope)
            let running = plan.steps.map(\.stage).filter { !$0.isFrozen }
            #expect(
                running.map(\.address) == example.order,
                "\(recorded.name): \(example.targets) \(example.scope)"
            )
        }
    }

    @Test(arguments: RecordedOrder.all)
    func `every step comes after the steps it needs`(recorded: RecordedOrder) throws {
        let graph = try StageGraph(recorded.stages)
        let plan = graph.plan([], scope: .everything)
        for (position, step) in plan.steps.enumerated() {
            #expect(step.upstream.allSatisfy { $0 < position })
            for later in step.downstream { #expect(plan.steps[later].upstream.contains(position)) }
        }
    }

    @Test func `with dependencies, a frozen stage's are included`() throws {
        let graph = try StageGraph([
            stage("b", ["A"], ["B"]) { $0.isFrozen = true }, stage("a", [], ["A"]),
        ])
        #expect(graph.withUpstream([0]) == [1, 0])
        #expect(graph.plan([0], scope: .upstream).steps.map(\.stage.address) == ["b"])
    }

    private func id(_ name: String) -> StageID { StageID(file: path("/p/dvc.yaml"), name: name) }
}
