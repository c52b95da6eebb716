import DVTestSupport
import Testing

/// A pipeline of two branches goes from clone to clone.
@Suite struct PipelineTests {
    @Test(arguments: Pair.all)
    func `what one tool reproduced, the other finds reproduced`(pair: Pair) throws {
        let outcome = try Self.share(pair)
        let reference = try Self.reference.get()
        #expect(outcome.difference(from: reference) == nil)
    }

    private static let reference = Result { try share(.dvcAlone) }

    private static func share(_ pair: Pair) throws -> Outcome {
        let first = try TemporaryProject.sharing(madeBy: pair.maker)
        try writePipeline(first, pair.maker)
        try first.run(pair.maker, "repro", "-q")
        try first.commit("pipeline")
        try first.run(pair.maker, "push", "-q")

        let second = try first.clone()
        try second.run(pair.user, "pull", "-q")
        try second.expectNothingToReproduce(pair.user)
        try second.expectClean(pair.user)
        try changeParameter(second, pair.user)
        try second.commit("higher threshold")
        try second.run(pair.user, "push", "-q")

        try first.fetchCommits(of: second)
        try first.run(pair.maker, "pull", "-q")
        try first.expectNothingToReproduce(pair.maker)
        try first.expectClean(pair.maker)
        return try Outcome(of: first)
    }

    private static func changeParameter(_ project: TemporaryProject, _ tool: Tool) throws {
        try project.write("threshold: 40  # of 50\nsplit: {size: 10}\n", to: "params.yaml")
        let output = try project.run(tool, "repro")
        #expect(output.contains("Running stage 'filter':"))
        #expect(output.contains("Running stage 'summarize':"))
        #expect(output.contains("Stage 'split' didn't change, skipping"))
    }

    private static func writePipeline(_ project: TemporaryProject, _ maker: Tool) throws {
        let rows = (1...50).map { "\($0),row\n" }.joined()
        try project.write(rows, to: "rows.csv")
        try project.write("threshold: 20\nsplit: {size: 10}\n", to: "params.yaml")
        try project.write(
            "awk -F, -v t=\"$(awk '/^threshold/ {print $2}' params.yaml)\" '$1 > t' rows.csv > kept.csv\n",
            to: "filter.sh"
        )
        try project.run(maker, "add", "-q", "rows.csv")
        try project.run(
            maker,
            ["stage", "add", "-q", "-n", "filter", "-d", "rows.csv", "-d", "filter.sh"]
                + ["-p", "threshold", "-o", "kept.csv", "sh filter.sh"]
        )
        try project.run(
            maker,
            ["stage", "add", "-q", "-n", "summarize", "-d", "kept.csv", "-M", "metrics.json"]
                + [
                    "--desc", "count: the rows",
                    #"printf '{"rows": %d}\n' $(wc -l < kept.csv) > metrics.json"#,
                ]
        )
        try project.run(
            maker,
            ["stage", "add", "-q", "-n", "split", "-d", "rows.csv", "-p", "split.size"]
                + ["-o", "parts", "mkdir parts && cd parts && split -l 10 ../rows.csv part-"]
        )
    }
}
