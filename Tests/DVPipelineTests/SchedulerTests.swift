import DVPipeline
import DVReporting
import DVSystem
import Synchronization
import Testing

@Suite struct SchedulerTests {
    private let reporter = RecordingReporter()

    /// a → b → d, a → c → d, and e alone.
    private static let diamond = [
        stage("a", [], ["A"]), stage("b", ["A"], ["B"]), stage("c", ["A"], ["C"]),
        stage("d", ["B", "C"], ["D"]), stage("e", [], ["E"]),
    ]

    @Test func `one job keeps the order of the plan`() throws {
        let executor = RecordingExecutor()
        let report = try run(executor)
        #expect(executor.events == ["a", "b", "c", "d", "e"].flatMap { ["+\($0)", "-\($0)"] })
        #expect(report.reproduced.map(\.address) == ["a", "b", "c", "d", "e"])
        #expect(
            ReproduceText.closing(report)
                == "Use `dvc push` to send your updates to remote storage."
        )
    }

    @Test func `with several jobs independent stages overlap and dependents wait`() throws {
        let executor = RecordingExecutor(meeting: ["b", "c"])
        let report = try run(executor) { $0.jobs = 3 }
        #expect(executor.hasMet)
        #expect(report.reproduced.count == 5)
        let events = executor.events
        for (needed, needing) in [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")] {
            let end = try #require(events.firstIndex(of: "-\(needed)"))
            let start = try #require(events.firstIndex(of: "+\(needing)"))
            #expect(end < start)
        }
    }

    @Test func `with several jobs the stages with the longest way to the end go first`() throws {
        // Of the first five, a leads to one stage, b to two, c is slow itself; e and f are short.
        let stages = [
            stage("e", [], ["E"]), stage("f", [], ["F"]), stage("a", [], ["A"]),
            stage("b", [], ["B"]), stage("c", [], ["C"]), stage("a2", ["A"], ["A2"]),
            stage("b2", ["B"], ["B2"]), stage("b3", ["B2"], ["B3"]),
        ]
        let executor = RecordingExecutor(meeting: ["c", "b"])
        _ = try run(executor, stages) {
            $0.jobs = 2
            $0.expectedSeconds = { $0.address == "c" ? 10 : 1 }
        }
        let starts = executor.events.filter { $0.hasPrefix("+") }
        #expect(Set(starts.prefix(2)) == ["+c", "+b"])
        #expect(starts.count == stages.count)
        let places = ["+a", "+e", "+f"].map { starts.firstIndex(of: $0) ?? 0 }
        #expect(places == places.sorted())
    }

    @Test func `what happens to stages is told as it happens`() throws {
        let events = Mutex<[String]>([])
        _ = try run(RecordingExecutor(failing: ["b"], stale: ["b"])) {
            $0.onFailure = .keepGoing
            $0.observe = { event in
                let text: String? =
                    switch event {
                    case .started(let stage): "start \(stage.address)"
                    case .finished(let entry): "end \(entry.stage.address)"
                    default: nil
                    }
                if let text { events.withLock { $0.append(text) } }
            }
        }
        let expected = ["a", "b", "c", "e"].flatMap { ["start \($0)", "end \($0)"] }
        #expect(events.withLock(\.self) == expected)
    }

    @Test func `by default nothing starts after a failure`() throws {
        let report = try run(RecordingExecutor(failing: ["b"]))
        #expect(outcomes(report) == ["a reproduced", "b failed", "c -", "d -", "e -"])
        let error = #expect(throws: ReproductionError.self) { try report.check() }
        #expect(error?.message == "failed to reproduce 'b'")
        #expect(error?.areReported == false)
    }

    @Test(arguments: [1, 3])
    func `keep-going skips only what needs the failed stage`(jobs: Int) throws {
        let report = try run(RecordingExecutor(failing: ["b", "e"])) {
            $0.onFailure = .keepGoing
            $0.jobs = jobs
        }
        #expect(
            outcomes(report) == [
                "a reproduced", "b failed", "c reproduced", "d skipped after b", "e failed",
            ]
        )
        let error = #expect(throws: ReproductionError.self) { try report.check() }
        #expect(error?.message == "failed to reproduce stages: 'b' and 'e'")
        let warning = ReportEvent.warning("Stage 'd' will be skipped due to this failure")
        #expect(reporter.events.contains(warning))
    }

    @Test func `ignored errors stop nothing and are no error`() throws {
        let report = try run(RecordingExecutor(failing: ["a"])) { $0.onFailure = .ignore }
        #expect(report.reproduced.map(\.address) == ["b", "c", "d", "e"])
        try report.check()
        #expect(reporter.events.contains(.warning("reproduction aborted by the user (ignored)")))
    }

    @Test func `forcing downstream forces what needs a stage that ran`() throws {
        let executor = RecordingExecutor(stale: ["b"])
        let report = try run(executor) { $0.forcesDownstream = true }
        #expect(report.reproduced.map(\.address) == ["b", "d"])
    }

    @Test func `nothing to do says so`() throws {
        let report = try run(RecordingExecutor(stale: []))
        #expect(ReproduceText.closing(report) == "Data and pipelines are up to date.")
        #expect(!reporter.events.contains(.answer("")))
    }

    @Test(arguments: [1, 2])
    func `an interrupted stage is failed and what did not start is told`(jobs: Int) throws {
        let executor = RecordingExecutor(interrupting: "b")
        let scheduler = Scheduler(
            executor,
            reporter: reporter,
            options: options { $0.jobs = jobs },
            interruption: { executor.isInterrupted ? 2 : nil }
        )
        let report = try scheduler.run(plan())
        let outcomes = outcomes(report)
        #expect(outcomes[0] == "a reproduced" && outcomes[1] == "b failed" && outcomes[3] == "d -")
        #expect(throws: Interrupted.self) { try report.check() }
    }

    @Test func `a thousand stages cost well under a millisecond each`() throws {
        let stages = (0..<1000).map { stage("s\($0)", [], []) }
        let plan = try StageGraph(stages).plan([], scope: .everything)
        let start = ContinuousClock.now
        _ = try Scheduler(RecordingExecutor(), reporter: reporter).run(plan)
        #expect(ContinuousClock.now - start < .seconds(1))
    }

    func run(
        _ executor: RecordingExecutor,
        _ stages: [Stage] = diamond,
        change: (inout ReproduceOptions) -> Void = { _ in }
    ) throws -> ReproductionReport {
        try Scheduler(executor, reporter: reporter, options: options(change)).run(plan(stages))
    }

    private func options(_ change: (inout ReproduceOptions) -> Void) -> ReproduceOptions {
        var options = ReproduceOptions()
        change(&options)
        return options
    }

    private func plan(_ stages: [Stage] = diamond) throws -> StagePlan {
        try StageGraph(stages).plan([], scope: .everything)
    }

    private func outcomes(_ report: ReproductionReport) -> [String] {
        report.entries.map { entry in
            let text =
                switch entry.outcome {
                case .unchanged: "unchanged"
                case .reproduced: "reproduced"
                case .restored: "restored"
                case .failed: "failed"
                case .skipped(let failed): "skipped after \(failed.address)"
                case .notStarted: "-"
                }
            return "\(entry.stage.address) \(text)"
        }
    }
}
