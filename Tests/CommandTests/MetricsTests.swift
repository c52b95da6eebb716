import DVTestSupport
import Testing

/// Metrics and parameters of the workspace and of revisions, through the real binary.
@Suite struct MetricsTests {
    private let project: TemporaryProject

    /// A stage whose metrics the cache keeps, run twice.
    init() throws {
        project = try TemporaryProject()
        try project.write(
            """
            stages:
              train:
                cmd: mkdir -p more && cp params.yaml scores.yaml && cp params.yaml more/all.yaml
                params: [rate]
                metrics: [scores.yaml, more]

            """,
            to: "dvc.yaml"
        )
        for rate in ["0.5", "0.75"] {
            try project.write("rate: \(rate)\n", to: "params.yaml")
            try project.run(.dvswift, "repro", "--quiet")
            try project.run(.git, "add", ".")
            try project.run(.git, "commit", "--quiet", "--message", "rate \(rate)")
        }
    }

    private func metrics(_ arguments: String...) throws -> String {
        try project.run(.dvswift, ["metrics"] + arguments)
    }

    @Test func `metrics of a revision come from the cache, and the workspace stays as it is`()
        throws
    {
        let before = try project.tree()
        let answer = try metrics("diff", "HEAD~1", "HEAD", "--json")
        let change = #"{"rate": {"old": 0.5, "new": 0.75, "diff": 0.25}}"#
        #expect(answer == #"{"more/all.yaml": \#(change), "scores.yaml": \#(change)}"# + "\n")
        let after = try project.tree()
        #expect(after.difference(from: before) == nil)
    }

    @Test func `tables can be comma-separated, with numbers in full`() throws {
        try project.write(#"{"a,b": 0.123456789, "c": "say \"x\"", "d": null}"#, to: "m.json")
        let shown = try metrics("show", "m.json", "more", "--csv")
        #expect(
            shown == """
                Path,"a,b",c,rate
                m.json,0.123456789,"say ""x""\",
                more/all.yaml,,,0.75

                """
        )
        #expect(
            try metrics("diff", "HEAD~1", "--csv", "--targets", "more")
                == "Path,Metric,HEAD~1,workspace,Change\nmore/all.yaml,rate,0.5,0.75,0.25\n"
        )
        #expect(try metrics("show", "m.json", "--csv", "--precision", "2").contains("0.12,"))
        #expect(
            try project.run(.dvswift, "params", "diff", "--csv", "HEAD~1")
                == "Path,Param,HEAD~1,workspace\nparams.yaml,rate,0.5,0.75\n"
        )
    }

    @Test func `what the cache lacks comes from the remote, and nothing else`() throws {
        try project.run(.dvswift, "remote", "add", "-d", "store", project.remote.string)
        try project.write("unused", to: "unused")
        try project.run(.dvswift, "add", "--quiet", "unused")
        try project.run(.dvswift, "push", "--quiet", "--all-commits")
        try project.remove(".dvc/cache")
        try project.remove("scores.yaml")
        let answer = try metrics("show", "scores.yaml", "--json")
        #expect(answer == #"{"": {"data": {"scores.yaml": {"data": {"rate": 0.75}}}}}"# + "\n")
        let stored = try TreeSnapshot(of: project.path(".dvc/cache")).paths
        #expect(stored.count { $0.count > 32 } == 1)
        #expect(try metrics("show", "more", "--json").contains("0.75"))
    }

    @Test func `what nobody has is told in its place`() throws {
        try project.remove(".dvc/cache")
        try project.remove("scores.yaml")
        try project.remove("more")
        let result = try project.attempt(.dvswift, "metrics", "show", "--json")
        #expect(result.status == 0)
        #expect(
            result.output == #"""
                {"": {"data": {"scores.yaml": {"error": {"type": "FileNotFoundError", "msg": "[Errno 2] No storage files available: 'scores.yaml'"}}, "more": {"error": {"type": "IsADirectoryError", "msg": "[Errno 21] Is a directory: 'more'"}}}}}

                """#
        )
        #expect(
            result.errors.contains(
                "DVC failed to load some metrics for following revisions: ''."
            )
        )
        #expect(!result.errors.contains("WARNING"))
    }

    @Test func `a file that cannot be read is told with its place`() throws {
        try project.write("{\n  \"a\": ?}", to: "bad.json")
        let result = try project.attempt(.dvswift, "metrics", "show", "bad.json")
        #expect(result.status == 0)
        #expect(result.errors.contains("bad.json"))
        #expect(result.errors.contains("line 2, column 8"))
    }

    @Test func `a commit without the project is left out`() throws {
        let inner = "inner"
        try project.run(.git, "mv", "dvc.yaml", "old.yaml")
        try project.write("", to: "\(inner)/.dvc/config")
        try project.write("metrics: [m.json]\n", to: "\(inner)/dvc.yaml")
        try project.write("{\"a\": 1}", to: "\(inner)/m.json")
        try project.run(.git, "add", ".")
        try project.run(.git, "commit", "--quiet", "--message", "inner")
        let answer = try project.run(.dvswift, ["metrics", "show", "-A"], in: inner)
        #expect(answer.split(separator: "\n").count == 3)
    }

    @Test func `keys of numbers and of texts go together`() throws {
        try project.write("1: 5\na: 6\n2020-01-01: 7\n", to: "keys.yaml")
        #expect(
            try metrics("show", "keys.yaml") == """
                Path       1    2020-01-01    a
                keys.yaml  5    7             6

                """
        )
    }
}
