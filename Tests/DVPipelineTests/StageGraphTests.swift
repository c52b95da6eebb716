import DVPipeline
import DVSystem
import Testing

@Suite struct StageGraphTests {
    @Test(arguments: [
        ("data", "data", true),
        ("data", "data/part.csv", true),
        ("data/deep/part.csv", "data", true),
        ("data", "data2", false),
        ("data/a", "data/b", false),
    ])
    func `a stage needs another if a dependency equals, contains or lies in an output`(
        output: String,
        dependency: String,
        isNeeded: Bool
    ) throws {
        let graph = try StageGraph([stage("use", [dependency]), stage("make", [], [output])])
        #expect(graph.upstream(of: 0) == (isNeeded ? [1] : []))
        #expect(graph.downstream(of: 1) == (isNeeded ? [0] : []))
    }

    @Test func `a parameter file that a stage writes is an edge`() throws {
        let user = stage("use") { $0.parameters = [.init(file: "params.yaml", keys: ["lr"])] }
        let graph = try StageGraph([user, stage("make", [], ["params.yaml"])])
        #expect(graph.upstream(of: 0) == [1])
    }

    @Test func `the same output in two stages is refused with DVC's words`() {
        let error = failure([stage("a", [], ["x"]), stage("b", [], ["./x"])])
        #expect(
            error?.message == """
                output 'x' is specified in:
                \t- a
                \t- b
                Use `dvc remove` with any of the above targets to stop tracking the overlapping output.
                """
        )
    }

    @Test func `the same output twice in one stage is refused`() {
        let error = failure([stage("a", [], ["x", "x"])])
        #expect(error?.message.hasPrefix("output 'x' is already specified in stage: 'a'.") == true)
    }

    @Test(arguments: [["d", "d/x"], ["d/x", "d"]])
    func `an output inside another is refused in either order`(outputs: [String]) {
        let stages = outputs.map { stage($0 == "d" ? "outer" : "inner", [], [$0]) }
        #expect(
            failure(stages)?.message == """
                The output paths:
                'd'('outer')
                'd/x'('inner')
                overlap and are thus in the same tracked directory.
                To keep reproducibility, outputs should be in separate tracked directories or tracked \
                individually.
                """
        )
    }

    @Test func `a stage file inside an output is refused`() {
        let error = failure([stage("a", [], ["sub"]), stage("b", in: "sub/dvc.yaml")])
        #expect(
            error?.message
                == "stage: 'sub/dvc.yaml:b' is within an output 'sub' of another stage"
        )
    }

    @Test func `a cycle names every stage in it and no other`() {
        let error = failure([
            stage("start", ["c"]), stage("a", ["c"], ["a"]), stage("b", ["a"], ["b"]),
            stage("c", ["b"], ["c"]),
        ])
        guard case .cycle(let stages) = error else {
            Issue.record("no cycle")
            return
        }
        #expect(Set(stages.map(\.address)) == ["a", "b", "c"])
        #expect(stages.count == 3)
        #expect(error?.message.hasPrefix("Same item(s) are defined as both") == true)
    }

    @Test func `a stage that reads its own output is a cycle`() {
        #expect(failure([stage("a", ["x/part"], ["x"])]) == .cycle([stage("a")]))
    }

    @Test func `a long chain of stages is one plan`() throws {
        let stages = (0..<100).map { stage("s\($0)", ["o\($0 - 1)"], ["o\($0)"]) }
        let graph = try StageGraph(stages.reversed())
        let plan = graph.plan([0], scope: .upstream)
        #expect(plan.steps.map(\.stage.address) == (0..<100).map { "s\($0)" })
    }

    private func failure(_ stages: [Stage]) -> GraphError? {
        do {
            _ = try StageGraph(stages)
            return nil
        } catch {
            return error
        }
    }
}
