import DVProject
import DVSystem
import DVTestSupport
import DVWorkspace
import Testing

/// Outputs come back wherever they were, whatever is left of their folders.
@Suite struct CheckoutOperationTests {
    private let project: EngineProject

    init() throws {
        project = try EngineProject()
    }

    @Test func `an output of a stage comes back with the folders above it`() throws {
        try project.write(
            """
            stages:
              train:
                cmd: mkdir -p models/deep models/logs && cp in models/deep/m && cp in models/logs/l
                deps: [in]
                outs: [models/deep/m, models/logs]

            """,
            to: "dvc.yaml"
        )
        try project.write("in", to: "in")
        _ = try ReproduceOperation(targets: []).run(in: try project.open())
        try project.path("models").removeTree()
        #expect(try project.checkout().added == ["models/logs/", "models/deep/m"])
        #expect(try project.text("models/deep/m") == "in")
        #expect(try project.status().report.isEmpty)
    }

    @Test func `one file of a lost folder comes back alone`() throws {
        for name in ["a", "deep/b", "deep/c"] { try project.write(name, to: "data/" + name) }
        try project.add("data")
        try project.path("data").removeTree()
        try project.checkout("data/deep/b")
        #expect(try TreeSnapshot(of: project.path("data")).paths == ["deep", "deep/b"])
        #expect(try project.text("data/deep/b") == "deep/b")
        try project.checkout()
        #expect(try project.status().report.isEmpty)
    }

    @Test func `paths are told as seen from the working directory`() throws {
        try project.write("a", to: "deep/a")
        try project.add("deep/a")
        try project.path("deep/a").removeFile()
        try project.path("other").makeDirectories()
        let opened = try project.open(from: "other")
        let report = try CheckoutOperation(
            selection: TargetSelection(),
            options: CheckoutOptions()
        )
        .run(in: opened)
        #expect(report.added == ["../deep/a"])
    }
}
