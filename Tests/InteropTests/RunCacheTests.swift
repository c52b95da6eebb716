import DVSystem
import DVTestSupport
import Testing

/// Results of runs go from tool to tool through a remote.
@Suite struct RunCacheTests {
    @Test(arguments: Pair.all)
    func `a result that one tool shared, the other puts back instead of running`(
        pair: Pair
    ) throws {
        let first = try TemporaryProject.sharing(madeBy: pair.maker)
        try writePipeline(first, hasMetric: false)
        for rate in ["0.5", "1e-3"] {
            try first.write(parameters(rate: rate), to: "params.yaml")
            try first.run(pair.maker, "repro", "-q")
            try first.run(pair.maker, "push", "-q", "--run-cache")
        }
        try first.commit("pipeline")

        let second = try first.clone()
        try second.write(parameters(rate: "0.5"), to: "params.yaml")
        let output = try second.run(pair.user, "repro", "--pull")
        #expect(output.contains("Stage 'train' is cached - skipping run, checking out outputs"))
        #expect(output.contains("Stage 'pack' is cached - skipping run, checking out outputs"))
        #expect(!output.contains("Running stage"))
        #expect(try second.text(of: "model/weights") == "rate: 0.5\n")
        #expect(try second.text(of: "packed") == "rate: 0.5\n")
        try second.expectNothingToReproduce(pair.user)
    }

    @Test func `of what no lock file has, --pull fetches nothing and runs it`() throws {
        let first = try TemporaryProject.sharing(madeBy: .dvswift)
        let text = """
            stages:
              make: {cmd: echo a > a, outs: [a]}
              use: {cmd: cp a b, deps: [a], outs: [b]}
            """
        try first.write(text, to: "dvc.yaml")
        try first.commit("pipeline")
        let answers = try [Tool.dvc, .dvswift].map { tool in
            let clone = try first.clone(named: "clone-\(tool)")
            let output = try clone.run(tool, "repro", "--pull")
            #expect(try clone.text(of: "b") == "a\n")
            return output.split(separator: "\n").filter { $0.contains("'make'") }
        }
        #expect(answers[0] == answers[1])
        #expect(answers[0].contains("Unable to pull data for stage: 'make'"))
    }

    @Test func `both tools keep the same results under the same names`() throws {
        let results = try [Tool.dvc, .dvswift].map { tool in
            let project = try TemporaryProject.sharing(madeBy: tool)
            try writePipeline(project)
            try project.write(parameters(rate: "2.5e-7"), to: "params.yaml")
            try project.run(tool, "repro", "-q")
            let runs = project.root.appending(".dvc/cache/runs")
            return try runs.filesBelow().map { path in
                try "\(path)\n" + String(decoding: runs.appending(path).readBytes(), as: UTF8.self)
            }
        }
        #expect(results[0].count == 2)
        #expect(results[0] == results[1])
    }

    @Test func `other parameters are another run, also those whose names DVC leaves out`() throws {
        let project = try TemporaryProject.sharing(madeBy: .dvswift)
        try project.write(
            """
            stages:
              measure:
                cmd: cp params.yaml measured
                params: [size]
                outs: [measured]
            """,
            to: "dvc.yaml"
        )
        for size in ["3", "4"] {
            try project.write("size: \(size)\n", to: "params.yaml")
            let output = try project.run(.dvswift, "repro")
            #expect(output.contains("Running stage 'measure'"))
            #expect(try project.text(of: "measured") == "size: \(size)\n")
        }
        try project.write("size: 3\n", to: "params.yaml")
        #expect(try project.run(.dvswift, "repro").contains("Stage 'measure' is cached"))
        #expect(try project.text(of: "measured") == "size: 3\n")
        try project.write("size: 4\n", to: "params.yaml")
        let output = try project.run(.dvswift, "repro", "--no-run-cache")
        #expect(output.contains("Running stage 'measure'"))
    }

    @Test func `a damaged result is passed over, and does not leave the remote`() throws {
        let project = try TemporaryProject.sharing(madeBy: .dvswift)
        try writePipeline(project)
        try project.write(parameters(rate: "0.5"), to: "params.yaml")
        try project.run(.dvswift, "repro", "-q")
        try project.run(.dvswift, "push", "-q", "--run-cache")
        try project.commit("pipeline")
        let remote = project.remote
        for path in try remote.appending("runs").filesBelow() {
            try remote.appending("runs").appending(path).replaceContents(
                with: Array("cmd: rm\n".utf8)
            )
        }
        let clone = try project.clone()
        let result = try clone.attempt(.dvswift, "pull", "--run-cache").checkingSuccess()
        #expect(result.errors.contains("is not a result of a run: left out"))
        #expect(try clone.root.appending(".dvc/cache/runs").filesBelow().isEmpty)
    }

    private func parameters(rate: String) -> String {
        "rate: \(rate)\nlayers: [1, a, 2.5, null]\nname: \"fjälltjärn\"\n"
    }

    /// DVC does not share metrics that are left to Git, so that a result with them is of use in one clone only.
    private func writePipeline(_ project: TemporaryProject, hasMetric: Bool = true) throws {
        let metric = "    metrics:\n    - score.json:\n        cache: false\n"
        try project.write(
            """
            stages:
              train:
                cmd: mkdir model && grep rate params.yaml > model/weights && echo 2 > score.json
                params: [rate, layers, name]
                outs: [model]
            \(hasMetric ? metric : "")\
              pack:
                cmd:
                - cat model/weights > packed
                - chmod +x packed
                deps: [model]
                outs: [packed]
            """,
            to: "dvc.yaml"
        )
    }
}
