import DVTestSupport
import Testing

/// Random pipelines with random changes: the order in which stages run never shows in what is recorded.
@Suite(.timeLimit(.minutes(5))) struct RandomPipelineTests {
    @Test(arguments: [11, 42] as [UInt64])
    func `many jobs end as one job does, and as DVC`(seed: UInt64) throws {
        let ways: [(tool: Tool, flags: [String])] = [
            (.dvswift, ["-j", "1"]), (.dvswift, ["-j", "4"]), (.dvc, []),
        ]
        let projects = try ways.map { try TemporaryProject(madeBy: $0.tool) }
        var random = SplitMix(state: seed)
        var pipeline = RandomPipeline(stages: 9, using: &random)
        for _ in 0..<3 {
            for (project, way) in zip(projects, ways) {
                try pipeline.write(to: project)
                try project.run(way.tool, ["repro", "-q"] + way.flags)
            }
            let locks = try projects.map { try $0.text(of: "dvc.lock") }
            #expect(locks[1] == locks[0], "seed \(seed): \(pipeline)")
            #expect(locks[2] == locks[0], "seed \(seed): \(pipeline)")
            pipeline.change(using: &random)
        }
    }
}

/// Stages that each concatenate a parameter and outputs of earlier ones.
private struct RandomPipeline {
    private struct StageText {
        var needs: [Int]
        var version = 0
        var parameter: Int
    }

    private var stages: [StageText]

    init(stages count: Int, using random: inout SplitMix) {
        stages = (0..<count).map { number in
            let needs = (0..<number).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
            return StageText(needs: needs, parameter: Int.random(in: 0..<100, using: &random))
        }
    }

    /// Other parameters for some stages, another command for one, another need for one.
    mutating func change(using random: inout SplitMix) {
        for index in stages.indices where Int.random(in: 0..<3, using: &random) == 0 {
            stages[index].parameter = Int.random(in: 0..<100, using: &random)
        }
        stages[Int.random(in: 0..<stages.count, using: &random)].version += 1
        let changed = Int.random(in: 1..<stages.count, using: &random)
        let need = Int.random(in: 0..<changed, using: &random)
        if let place = stages[changed].needs.firstIndex(of: need) {
            stages[changed].needs.remove(at: place)
        } else {
            stages[changed].needs.append(need)
        }
    }

    func write(to project: TemporaryProject) throws {
        var parameters = ""
        var text = "stages:\n"
        for (index, stage) in stages.enumerated() {
            parameters += "p\(index): \(stage.parameter)\n"
            let inputs = stage.needs.map { "out\($0)" }
            let command =
                "grep p\(index): params.yaml | cat - \(inputs.joined(separator: " ")) > out\(index)"
            text +=
                "  s\(index):\n    cmd: '\(command) # \(stage.version)'\n    params: [p\(index)]\n"
            if !inputs.isEmpty { text += "    deps: [\(inputs.joined(separator: ", "))]\n" }
            text += "    outs: [out\(index)]\n"
        }
        try project.write(parameters, to: "params.yaml")
        try project.write(text, to: "dvc.yaml")
    }
}
