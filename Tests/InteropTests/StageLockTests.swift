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
        let waiting = results.filter { $0.errors.contains("which uses") }
        #expect(waiting.count == 1)
        #expect(
            waiting.first?.errors.contains(/Waiting for process \d+ \(repro slow\), which/) == true
        )
        #expect(try project.text(of: "out") == "input")
        #expect(try project.run(.dvswift, "repro").contains("Data and pipelines are up to date."))
    }

    @Test func `two processes that want the same stages run each of them once`() throws {
        let project = try TemporaryProject(madeBy: .dvswift)
        try project.write("input", to: "out0")
        let stages = (1...12).map { number in
            """
              s\(number):
                cmd: echo \(number) >> log; sleep 0.01; cp out\(number - 1) out\(number)
                deps: [out\(number - 1)]
                outs: [out\(number)]

            """
        }
        try project.write("stages:\n" + stages.joined(), to: "dvc.yaml")
        let results = try WorkerPool(jobs: 2).map(
            count: 2,
            batchSize: 1,
            worker: {},
            body: { _, _ in try project.attempt(.dvswift, "repro") }
        )
        for result in results { #expect(result.reason.isSuccess, "\(result)") }
        let log = try project.text(of: "log").split(separator: "\n").compactMap { Int($0) }
        #expect(log == Array(1...12), "\(results)")
        let answers = results.map(\.output).joined()
        #expect(answers.matches(of: /Running stage/).count == 12, "\(answers)")
        #expect(!answers.contains("is cached"), "\(answers)")
        #expect(try project.run(.dvswift, "repro").contains("Data and pipelines are up to date."))
        #expect(try !project.text(of: ".dvc/tmp/rwlock").contains("pid"))
    }

    @Test func `a stage may reproduce another one that its own run has just finished`() throws {
        let project = try TemporaryProject(madeBy: .dvswift)
        let tool = try Tool.dvswift.program
        try project.write("input", to: "in")
        try project.write(
            """
            stages:
              first:
                cmd: cp in one
                deps: [in]
                outs: [one]
              second:
                cmd: '\(tool) repro first > inner; cp one two'
                deps: [in]
                outs: [two]
            """,
            to: "dvc.yaml"
        )
        try project.run(.dvswift, "repro")
        #expect(try project.text(of: "inner").contains("Stage 'first' didn't change, skipping"))
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
