import DVSystem
import DVTestSupport
import Glibc
import Testing

/// Two processes that reproduce in one project at the same time.
@Suite(.timeLimit(.minutes(3))) struct StageLockTests {
    @Test func `stages that share nothing run at the same time`() throws {
        let project = try TemporaryProject(madeBy: .dvswift)
        for (name, other) in [("left", "right"), ("right", "left")] {
            let meet = "touch \(name).here; until test -e \(other).here; do sleep 0.05; done"
            try project.run(
                .dvswift,
                "stage",
                "add",
                "-q",
                "-n",
                name,
                "-o",
                name,
                "\(meet); echo > \(name)"
            )
        }
        try WorkerPool(jobs: 2).forEach(count: 2, batchSize: 1) { range in
            try project.run(.dvswift, "repro", ["left", "right"][range.lowerBound])
        }
        #expect(try project.run(.dvswift, "repro").contains("Data and pipelines are up to date."))
    }

    @Test func `one stage never runs twice at once`() throws {
        let project = try exclusiveProject()
        let results = try WorkerPool(jobs: 2).map(
            count: 2,
            batchSize: 1,
            worker: {},
            body: { _, _ in try project.attempt(.dvswift, "repro") }
        )
        for result in results { #expect(result.reason.isSuccess, "\(result)") }
        let waiting = results.filter { $0.errors.contains("Waiting for process") }
        #expect(waiting.count == 1)
        #expect(waiting.first?.errors.contains("(repro slow), which uses") == true)
        #expect(try project.text(of: "out") == "input")
        #expect(try project.run(.dvswift, "repro").contains("Data and pipelines are up to date."))
    }

    @Test func `a stage that DVC runs is waited for`() throws {
        let project = try exclusiveProject()
        let dvc = TwoAtOnceTests.start([try Tool.dvc.program, "repro"], in: project)
        while try !project.exists("started") { usleep(10_000) }
        let result = try project.attempt(.dvswift, "repro")
        #expect(result.reason.isSuccess, "\(result)")
        #expect(result.errors.contains(/Waiting for process \d+ \(.*repro\), which uses/))
        let ended = try dvc.wait { $0 }.get()
        #expect(ended.reason.isSuccess, "\(ended)")
        #expect(try project.run(.dvswift, "repro").contains("Data and pipelines are up to date."))
    }

    @Test func `DVC leaves a stage alone that dvswift runs`() throws {
        let project = try exclusiveProject(delay: "sleep 4")
        let ours = TwoAtOnceTests.start([try Tool.dvswift.program, "repro"], in: project)
        while try !project.exists("started") { usleep(10_000) }
        let refused = try project.attempt(.dvc, "repro")
        #expect(!refused.reason.isSuccess)
        #expect(refused.errors.contains("repro slow"), "\(refused)")
        let ended = try ours.wait { $0 }.get()
        #expect(ended.reason.isSuccess, "\(ended)")
    }

    @Test func `a stage inside a stage that shares paths with it is refused, not waited for`()
        throws
    {
        let project = try TemporaryProject(madeBy: .dvswift)
        let tool = try Tool.dvswift.program
        try project.write("input", to: "in")
        try project.write(
            """
            stages:
              outer:
                cmd: '\(tool) repro inner; cp in out'
                deps: [in]
                outs: [out]
              inner:
                cmd: cp out copy
                deps: [out]
                outs: [copy]
            """,
            to: "dvc.yaml"
        )
        let result = try project.attempt(.dvswift, "repro", "-s", "outer")
        #expect(result.errors.contains("is busy: this command was started by process"))
    }

    @Test func `entries of processes that are gone are no obstacle`() throws {
        let project = try exclusiveProject()
        let gone = #"{"pid": 4194305, "cmd": "killed"}"#
        let out = project.path("out").string
        try project.write(#"{"write": {"\#(out)": \#(gone)}, "read": {}}"#, to: ".dvc/tmp/rwlock")
        try project.run(.dvswift, "repro", "-q")
        #expect(try !project.text(of: ".dvc/tmp/rwlock").contains("killed"))
    }

    private func exclusiveProject(delay: String = "sleep 0.5") throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: .dvswift)
        try project.write("input", to: "in")
        let command = "mkdir running && touch started && \(delay) && rmdir running && cp in out"
        try project.run(
            .dvswift,
            "stage",
            "add",
            "-q",
            "-n",
            "slow",
            "-d",
            "in",
            "-o",
            "out",
            command
        )
        return project
    }
}
