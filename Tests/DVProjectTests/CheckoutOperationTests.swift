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
        try ReproduceOperation(targets: []).run(in: try project.open()).check()
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

    @Test(arguments: ["data/deep/b", "data/deep"])
    func `part of a folder is never written behind a link that leads out of it`(part: String) throws
    {
        for name in ["a", "deep/b"] { try project.write(name, to: "data/" + name) }
        try project.add("data")
        try project.path("data/deep").removeTree()
        let elsewhere = project.directory.appending("elsewhere")
        try elsewhere.makeDirectories()
        try project.path("data/deep").makeSymbolicLink(to: elsewhere.filePath)
        #expect(throws: (any Error).self) { try project.checkout(part, force: true) }
        #expect(try elsewhere.childNames().isEmpty)
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

    @Test func `what happens to parts of a folder is told of the folder, once`() throws {
        for name in ["a", "deep/b", "deep/c"] { try project.write(name, to: "data/" + name) }
        try project.add("data")
        try project.path("data/deep").removeTree()
        try project.path("data/a").removeFile()
        let report = try project.checkout("data/deep", "data/a")
        #expect(report.modified == ["data/"])
        #expect(report.added.isEmpty && report.counts.added == 3)
        try project.path("data").removeTree()
        #expect(try project.checkout("data/deep/b", "data/a").added == ["data/"])
    }
}
