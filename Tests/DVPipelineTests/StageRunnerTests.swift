import DVFormats
import DVHashing
import DVPipeline
import DVReporting
import DVSystem
import DVTestSupport
import Synchronization
import Testing

/// Stages run by the real shell in a real directory.
@Suite struct StageRunnerTests {
    private let directory: TemporaryDirectory
    private let place: ProjectPlace
    private let data: DirectoryData
    private let reporter = RecordingReporter()

    init() throws {
        directory = try TemporaryDirectory()
        place = ProjectPlace(root: directory.path, workingDirectory: directory.path)
        data = DirectoryData()
        try directory.write("1", to: "in")
    }

    @Test func `a stage runs, is recorded, and then is up to date`() throws {
        let copy = make("copy", "cp in out", ["in"], ["out"])
        #expect(try run([copy]).reproduced == [copy])
        #expect(try directory.appending("out").readBytes() == Array("1".utf8))
        #expect(answers.prefix(2) == ["Running stage 'copy':", "> cp in out"])
        #expect(try run([copy]).reproduced.isEmpty)
        #expect(answers.last == "Stage 'copy' didn't change, skipping")
    }

    @Test func `a lost output comes back from the cache instead of a run`() throws {
        let copy = make("copy", "cp in out; echo x >> ../log", ["in"], ["out"])
        _ = try run([copy])
        try directory.appending("out").removeFile()
        let before = answers.count
        #expect(try run([copy]).reproduced == [copy])
        #expect(
            Array(answers[before...]) == [
                "Stage 'copy' is cached - skipping run, checking out outputs"
            ]
        )
        #expect(try directory.appending("out").exists())
    }

    @Test func `outputs are removed before a run unless they persist`() throws {
        try directory.write("old", to: "kept")
        try directory.write("old", to: "fresh")
        let append = make("append", "echo new >> kept; echo new >> fresh", ["in"], []) {
            var kept = OutputOptions()
            kept.isPersistent = true
            $0.outputs = [.init(path: "kept", options: kept), .init(path: "fresh")]
        }
        _ = try run([append])
        #expect(try directory.appending("kept").readBytes() == Array("oldnew\n".utf8))
        #expect(try directory.appending("fresh").readBytes() == Array("new\n".utf8))
    }

    @Test func `the lines of a list run up to the first that fails`() throws {
        let lines = make("lines", "", [], ["x"]) {
            $0.command = .list(["echo 1 > x", "exit 3", "echo 2 > x"])
        }
        let error = try failure([lines])
        #expect("\(error)" == "failed to run: exit 3, exited with 3")
        #expect(try directory.appending("x").readBytes() == Array("1\n".utf8))
        #expect(data.committed.isEmpty)
    }

    @Test func `a command killed by a signal is told with its negative number`() throws {
        let error = try failure([make("k", "kill -9 $$", [], [])])
        #expect("\(error)" == "failed to run: kill -9 $$, exited with -9")
    }

    @Test func `an output that was not written is an error`() throws {
        let error = try failure([make("none", "true", ["in"], ["out"])])
        #expect("\(error)" == "output 'out' does not exist")
    }

    @Test func `a missing dependency is told before anything is removed`() throws {
        try directory.write("precious", to: "out")
        let error = try failure([make("use", "true", ["gone"], ["out"])])
        #expect("\(error)" == "dependency 'gone' does not exist")
        #expect(try directory.appending("out").exists())
    }

    @Test func `a working directory that does not exist is an error`() throws {
        let lost = make("lost", "true", [], []) { $0.workingDirectory = "nowhere" }
        #expect("\(try failure([lost]))".hasSuffix("nowhere' does not exist"))
    }

    @Test func `tracked data that is gone is told with DVC's words`() throws {
        let pointer = PointerFile(outputs: [PointerOutput(RecordedPath(path: "data"))])
        let tracked = Stage(pointer, in: directory.appending("data.dvc"), at: place)
        #expect("\(try failure([tracked]))" == "missing data 'source': data")
        #expect(answers == ["Verifying data sources in stage: 'data.dvc'"])
    }

    @Test func `a dry run says what would run and does nothing`() throws {
        let report = try run([make("copy", "cp in out", ["in"], ["out"])]) { $0.isDry = true }
        #expect(report.reproduced.count == 1)
        #expect(answers == ["Running stage 'copy':", "> cp in out"])
        #expect(try !directory.appending("out").exists())
    }

    @Test func `a refused question stops the run`() throws {
        let copy = make("copy", "cp in out", ["in"], ["out"])
        let report = try run([copy]) { $0.confirm = { _ in false } }
        #expect(
            "\(try #require(report.failures.first).error)" == "reproduction aborted by the user"
        )
    }

    @Test func `parallel stages have their lines prefixed and see no input`() throws {
        let stages = ["a", "b"].map { make($0, "cat; echo $DVC_STAGE; pwd", ["in"], []) }
        _ = try run(stages) { $0.jobs = 2 }
        for name in ["a", "b"] {
            let lines = reporter.events.flatMap { event -> [String] in
                guard case .stageOutput(name, let lines, false) = event else { return [] }
                return lines
            }
            #expect(lines == [name, directory.path.string])
            #expect(answers.contains("[\(name)] > cat; echo $DVC_STAGE; pwd"))
        }
    }

    @Test func `what upstream changes is seen when a stage's turn comes`() throws {
        let stages = [
            make("one", "cp in mid", ["in"], ["mid"]), make("two", "cp mid out", ["mid"], ["out"]),
        ]
        _ = try run(stages)
        try directory.write("2", to: "in")
        #expect(try run(stages) { $0.jobs = 2 }.reproduced.count == 2)
        #expect(try directory.appending("out").readBytes() == Array("2".utf8))
    }

    @Test func `a stage that fails is run again from cleared outputs, as often as allowed`() throws
    {
        let line = "echo x >> tries; test ! -e out && echo 1 > out && test $(wc -l < tries) -ge 3"
        let flaky = make("flaky", line, ["in"], ["out"])
        let failed = try run([flaky]) { $0.retries = 1 }
        #expect(failed.failures.count == 1)
        try directory.appending("tries").removeFile()
        #expect(try run([flaky]) { $0.retries = 2 }.reproduced == [flaky])
        #expect(try directory.appending("tries").readBytes() == Array("x\nx\nx\n".utf8))
        let warnings = reporter.events.compactMap { event -> String? in
            if case .warning(let text) = event { text } else { nil }
        }
        #expect(warnings.last?.hasSuffix("exited with 1; trying again, one more time") == true)
    }

    @Test func `explanations name what changed and who changed it`() throws {
        let stages = [
            make("one", "cp in mid", ["in"], ["mid"]), make("two", "cp mid out", ["mid"], ["out"]),
        ]
        _ = try run(stages)
        try directory.write("2", to: "in")
        let before = answers.count
        _ = try run(stages) { $0.isExplaining = true }
        let digests = ["1", "2"].map { Digest(of: Array($0.utf8)).hex }
        let values = "\(digests[0]) -> \(digests[1])"
        let told = answers[before...].filter { $0.hasPrefix("    ") || $0.hasSuffix("up to date:") }
        #expect(
            told == [
                "Stage 'one' is not up to date:", "    dependency 'in' modified: \(values)",
                "Stage 'two' is not up to date:",
                "    dependency 'mid' modified: \(values), written by stage 'one'",
            ]
        )
    }

    @Test func `output that is taken is kept in a log, that of the last run only`() throws {
        let logs = directory.appending("logs")
        let noisy = make("sub/dvc.yaml:noisy", "cat in; echo; echo bad >&2", ["in"], [])
        for text in ["first", "second"] {
            try directory.write(text, to: "in")
            _ = try run([noisy]) {
                $0.takesOutput = true
                $0.logs = logs
            }
        }
        let log = try logs.appending("sub_dvc.yaml:noisy.log").readBytes()
        let lines = String(decoding: log, as: UTF8.self).split(separator: "\n").sorted()
        #expect(lines == ["> cat in; echo; echo bad >&2", "bad", "second"])
    }

    @Test func `of a log without end the newest lines are kept`() throws {
        let logs = directory.appending("logs")
        let log = try #require(StageLog(make("noisy", "x", [], []), in: logs, limit: 100))
        for number in 10..<100 { log.write(["line \(number)"]) }
        let texts = try ["noisy.log.old", "noisy.log"].map {
            String(decoding: try logs.appending($0).readBytes(), as: UTF8.self)
        }
        #expect(texts.allSatisfy { $0.utf8.count <= 100 })
        let expected = (82..<100).map { "line \($0)\n" }.joined()
        #expect(texts.joined() == expected)
    }

    private var answers: [String] {
        reporter.events.compactMap { event in
            guard case .answer(let line) = event, !line.isEmpty else { return nil }
            return line
        }
    }

    private func make(
        _ name: String,
        _ line: String,
        _ dependencies: [String],
        _ outputs: [String],
        change: (inout StageDefinition) -> Void = { _ in }
    ) -> Stage {
        stage(name, dependencies, outputs, at: place) {
            $0.command = .single(line)
            change(&$0)
        }
    }

    private func failure(_ stages: [Stage]) throws -> any Error {
        try #require(run(stages).failures.first).error
    }

    private func run(
        _ stages: [Stage],
        change: (inout ReproduceOptions) -> Void = { _ in }
    ) throws -> ReproductionReport {
        var options = ReproduceOptions()
        change(&options)
        let environment = ProcessEnvironment(["PATH=/usr/bin:/bin", "SHELL=/bin/sh"])
        let commands = CommandRunner(
            root: place.root,
            environment: environment,
            reporter: reporter,
            options: options
        )
        let runner = StageRunner(
            data,
            at: place,
            commands: commands,
            reporter: reporter,
            options: options
        )
        let plan = try StageGraph(stages).plan([], scope: .everything)
        return try Scheduler(runner, reporter: reporter, options: options).run(plan)
    }
}

/// Hashes files of a real directory and keeps records and contents in memory.
private final class DirectoryData: StageData {
    private struct State {
        var records: [StageID: StageRecord] = [:]
        var cache: [ObjectName: [UInt8]] = [:]
        var makers: [AbsolutePath: Stage] = [:]
    }

    private let state = Mutex(State())

    var committed: [StageID] { state.withLock { Array($0.records.keys) } }

    func exists(_ path: AbsolutePath) throws -> Bool { try path.exists() }

    func content(of path: AbsolutePath, scheme: HashScheme) throws -> ContentRecord? {
        try path.readBytesIfPresent().map { ContentRecord(ObjectName(Digest(of: $0))) }
    }

    func state(ofAddress dependency: StageDependency) -> SourceState? { nil }

    func isInCache(_ record: ContentRecord) -> Bool {
        state.withLock { $0.cache[record.name] != nil }
    }

    func parameters(in file: AbsolutePath) -> DataValue? { nil }

    func maker(of path: AbsolutePath) -> Stage? {
        state.withLock { $0.makers[path] }
    }

    func record(of stage: Stage) -> StageRecord? { state.withLock { $0.records[stage.id] } }

    func makeWritable(_ output: StageOutput) {}

    func restore(_ outputs: [RecordedOutput], of stage: Stage, isDry: Bool) throws -> Bool {
        let cache = state.withLock { $0.cache }
        guard outputs.allSatisfy({ cache[$0.content.name] != nil }) else { return false }
        for output in outputs where !isDry {
            try output.output.path.replaceContents(with: cache[output.content.name] ?? [])
        }
        return true
    }

    func commit(_ stage: Stage) throws {
        var record = StageRecord(command: stage.command)
        for dependency in stage.dependencies {
            record.dependencies[dependency.written] = try content(of: dependency.path, scheme: .md5)
        }
        for output in stage.outputs {
            let bytes = try output.path.readBytes()
            let content = ContentRecord(ObjectName(Digest(of: bytes)))
            record.outputs[output.written] = content
            state.withLock {
                $0.cache[content.name] = bytes
                $0.makers[output.path] = stage
            }
        }
        let finished = record
        state.withLock { $0.records[stage.id] = finished }
    }
}
