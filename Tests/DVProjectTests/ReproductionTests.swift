import DVFormats
import DVPipeline
import DVProject
import DVSystem
import DVTestSupport
import Testing

/// Pipelines on real files: what runs, what does not, what is recorded.
@Suite struct ReproductionTests {
    private let project: EngineProject

    init() throws {
        project = try EngineProject()
        try project.write("rows: 3\nletters: 2\n", to: "params.yaml")
        try project.write(Self.stages, to: "dvc.yaml")
    }

    /// Names that sort against the order in which the stages run; each run leaves a line in a log.
    private static let stages = """
        stages:
          rows:
            cmd: echo rows >> log; awk '/rows/ {print $2}' params.yaml > rows.txt
            params: [rows]
            outs: [rows.txt]
          copy:
            cmd: echo copy >> log; cp rows.txt copy.txt
            deps: [rows.txt]
            outs: [copy.txt]
          letters:
            cmd: echo letters >> log; awk '/letters/ {print $2}' params.yaml > letters.txt
            params: [letters]
            outs: [letters.txt]
          all:
            cmd: echo all >> log; cat copy.txt letters.txt > all.txt
            deps: [copy.txt, letters.txt]
            outs: [all.txt]

        """

    @discardableResult
    private func reproduce(
        _ targets: String...,
        jobs: Int = 1,
        onFailure: FailurePolicy = .stop
    ) throws -> [String] {
        var options = ReproduceOptions()
        options.jobs = jobs
        options.onFailure = onFailure
        let report = try ReproduceOperation(targets: targets, options: options)
            .run(in: try project.open())
        try report.check()
        return report.report.reproduced.map(\.address)
    }

    private func takeLog() throws -> [String] {
        let log = try project.path("log").readBytesIfPresent() ?? []
        try project.path("log").removeFile()
        return String(decoding: log, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func `everything runs once, in order, and then nothing`() throws {
        #expect(try reproduce() == ["rows", "copy", "letters", "all"])
        #expect(try takeLog() == ["rows", "copy", "letters", "all"])
        #expect(try reproduce().isEmpty)
        #expect(try takeLog().isEmpty)
        #expect(try project.status().report.isEmpty)
    }

    @Test func `a result is used by the next stage that would give it, in the same run`() throws {
        let stages = """
            stages:
              first: {cmd: echo ran >> ../log; cp in out, wdir: one, deps: [in], outs: [out]}
              second: {cmd: echo ran >> ../log; cp in out, wdir: two, deps: [in], outs: [out]}
            """
        try project.write(stages, to: "dvc.yaml")
        for folder in ["one", "two"] { try project.write("same", to: folder + "/in") }
        #expect(try reproduce() == ["first", "second"])
        #expect(try takeLog() == ["ran"])
        #expect(try project.path("two/out").readBytes() == Array("same".utf8))
        #expect(try project.path(".dvc/cache/runs").filesBelow().count == 1)
        #expect(try reproduce().isEmpty)
    }

    @Test func `a changed parameter runs what depends on it`() throws {
        try reproduce()
        _ = try takeLog()
        try project.write("rows: 3\nletters: 9\n", to: "params.yaml")
        #expect(try project.status().report.stages.map(\.address) == ["letters"])
        #expect(try reproduce() == ["letters", "all"])
        #expect(try takeLog() == ["letters", "all"])
        #expect(try project.text("all.txt") == "3\n9\n")
    }

    @Test func `an output that is the same again stops the change there`() throws {
        try reproduce()
        _ = try takeLog()
        let changed = Self.stages.replacing("cp rows.txt copy.txt", with: "cat rows.txt > copy.txt")
        try project.write(changed, to: "dvc.yaml")
        #expect(try reproduce() == ["copy"])
        #expect(try takeLog() == ["copy"])
    }

    @Test func `lost outputs come back from the cache without a run`() throws {
        try reproduce()
        _ = try takeLog()
        for name in ["copy.txt", "all.txt"] { try project.path(name).removeFile() }
        try reproduce()
        #expect(try takeLog().isEmpty)
        #expect(try project.text("all.txt") == "3\n2\n")
    }

    @Test func `nothing to do opens no output`() throws {
        try reproduce()
        sleepPastTick()
        // Outputs that were too young are read a last time.
        try reproduce()
        let root = try OpenedFiles(below: project.root)
        #expect(try reproduce().isEmpty)
        #expect(try root.names().filter { $0.hasSuffix(".txt") }.isEmpty)
    }

    @Test(arguments: [1, 2, 4])
    func `the lock file lists new stages in their order, whatever the number of jobs`(jobs: Int)
        throws
    {
        try reproduce(jobs: jobs)
        let lock = try LockFile(
            parsing: try project.path("dvc.lock").readBytes(),
            file: "dvc.lock"
        )
        #expect(lock.stageNames == ["rows", "copy", "letters", "all"])
    }

    @Test func `the records of finished stages outlive a failure, and the next run goes on`() throws
    {
        let broken = Self.stages.replacing("cp rows.txt copy.txt", with: "false")
        try project.write(broken, to: "dvc.yaml")
        #expect(throws: ReproductionError.self) { try reproduce(onFailure: .keepGoing) }
        #expect(try takeLog() == ["rows", "copy", "letters"])
        try project.write(Self.stages, to: "dvc.yaml")
        #expect(try reproduce() == ["copy", "all"])
        #expect(try takeLog() == ["copy", "all"])
    }
}
