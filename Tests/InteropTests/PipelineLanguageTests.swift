import DVFormats
import DVPipeline
import DVProject
import DVSystem
import DVTestSupport
import Testing

/// Projects with every feature of `dvc.yaml`: the same stages, lock files, status and exit codes as DVC.
@Suite struct PipelineLanguageTests {
    private static let fixtures = (try? PipelineFixture.all.get()) ?? []

    @Test func `the collection is there`() throws {
        let names = try PipelineFixture.all.get().map(\.name)
        #expect(names.count { $0.hasPrefix("bad-") } >= 15)
        #expect(names.count >= 55)
    }

    @Test(arguments: fixtures)
    func `resolves to the stages of DVC`(fixture: PipelineFixture) throws {
        let theirs = try Self.answer(fixture)
        let project = try TemporaryProject(madeBy: nil, git: false)
        try fixture.write(into: project)
        let ours = Result { try Self.stages(project.root.appending(fixture.name)) }
        guard let stages = theirs.value(atDottedKey: "stages") else {
            #expect(throws: (any Error).self) { try ours.get() }
            return
        }
        let found = try ours.get()
        #expect(found == stages, "\(found.yaml())\ninstead of\n\(stages.yaml())")
    }

    @Test(arguments: fixtures.filter { !$0.isDry })
    func `runs as in DVC`(fixture: PipelineFixture) throws {
        let theirs = try Self.answer(fixture)
        let project = try TemporaryProject(madeBy: nil, git: false)
        try fixture.write(into: project)
        let run = try project.attempt(.dvswift, ["repro", "-q"], in: fixture.name)
        let status = try project.attempt(.dvswift, ["status", "--json"], in: fixture.name)
        #expect(theirs.value(atDottedKey: "repro") == .integer(Int(run.status)), "\(run)")
        let known = Self.refusedByStatus.contains(fixture.name) ? 1 : nil
        #expect(
            known.map { .integer($0) } ?? theirs.value(atDottedKey: "status")
                == .integer(Int(status.status)),
            "\(status)"
        )
        if status.status == 0 {
            let answer = try DataValue.json(status.output)
            let reference = try #require(theirs.value(atDottedKey: "statusOutput")?.text)
            #expect(answer == (try DataValue.json(reference)))
        }
        for (file, lock) in theirs.value(atDottedKey: "locks")?.topValues ?? [] {
            #expect(try project.text(of: "\(fixture.name)/\(file)") == lock.text)
        }
    }

    /// After a run; what is wrong with a `dvc.yaml` is told in other words.
    @Test(arguments: fixtures.filter { !$0.isDry && !$0.name.hasPrefix("bad-") })
    func `has the metrics and plots of DVC`(fixture: PipelineFixture) throws {
        let theirs = try Self.answer(fixture)
        let project = try TemporaryProject(madeBy: nil, git: false)
        try fixture.write(into: project)
        _ = try project.attempt(.dvswift, ["repro", "-q"], in: fixture.name)
        for kind in ["metrics", "plots"] {
            let ours = try project.run(.dvswift, [kind, "show", "--json"], in: fixture.name)
            let reference = try #require(theirs.value(atDottedKey: "figures.\(kind)")?.text)
            // Of missing plots DVC says other things if their names do not end as those of data.
            let answers = try [ours, reference].map { text in
                let answer = try DataValue.json(text)
                return DataValue.mapping(answer.topValues.filter { $0.key != "errors" })
            }
            #expect(answers[0] == answers[1], "\(kind)")
        }
    }

    /// DVC's status fails with "unexpected error" and another code.
    private static let refusedByStatus = ["bad-matrix-number", "bad-number-as-path"]

    // MARK: DVC

    private static func answer(_ fixture: PipelineFixture) throws -> DataValue {
        try #require(answers.get()[fixture.name])
    }

    /// One process answers for all: starting DVC takes longer than all it has to do.
    private static let answers = Result { () throws -> [String: DataValue] in
        let project = try TemporaryProject(madeBy: nil, git: false)
        let all = try PipelineFixture.all.get()
        for fixture in all { try fixture.write(into: project) }
        let python = AbsolutePath(try Tool.dvc.program, relativeTo: project.root)
            .parent.appending("python")
        let script = PipelineFixture.folder.appending("resolve.py")
        let command = [python.string, script.string] + all.map(\.name)
        var answers: [String: DataValue] = [:]
        let output = try project.attempt(command).checkingSuccess().output
        for line in output.split(separator: "\n") {
            let answer = try DataValue.json(String(line))
            answers[answer.value(atDottedKey: "name")?.text ?? ""] = answer
        }
        return answers
    }

    // MARK: dvswift

    private static func stages(_ root: AbsolutePath) throws -> DataValue {
        let project = try Project.open(from: root, reporter: RecordingReporter())
        let stages = try ListStagesOperation(targets: nil, isRecursive: false, isStrict: true)
            .run(in: project)
        // Refuses, as the answers of DVC do, what can be listed but not run.
        _ = try DAGOperation(
            target: nil,
            isFull: true,
            showsOutputs: false,
            isCollapsing: false,
            needsStates: false
        )
        .run(in: project)
        return .list(stages.map { $0.description(from: root) })
    }
}
