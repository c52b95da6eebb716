import DVProject
import DVSystem
import DVTestSupport
import Glibc
import Testing

/// One process at a time works in a project.
@Suite struct ProjectLockTests {
    @Test(.timeLimit(.minutes(1)))
    func `an operation waits for the holder of the lock, and names it once`() throws {
        let project = try EngineProject()
        try project.write("a", to: "a")
        let reporter = RecordingReporter()
        let opened = try project.open(reporter: reporter)
        let holder = Monitor(false)
        try WorkerPool(jobs: 2).forEach(count: 2, batchSize: 1) { range in
            if range.lowerBound == 0 {
                let lock = try FileLock(at: project.path(".dvc/tmp/lock")) { _ in }
                holder.update { $0 = true }
                while reporter.notices.isEmpty { usleep(10_000) }
                usleep(200_000)
                #expect(try !project.path("a.dvc").exists())
                _ = consume lock
            } else {
                holder.wait { $0 ? () : nil }
                _ = try opened.lock.hold { try AddOperation(targets: ["a"]).run(in: opened) }
            }
        }
        #expect(
            reporter.notices == [
                "Waiting for process \(getpid()), which is working in this project…"
            ]
        )
        #expect(try project.path("a.dvc").exists())
    }

    @Test func `threads of one process hold the lock together, and others get it after the last`()
        throws
    {
        let project = try EngineProject()
        let opened = try project.open()
        try opened.lock.hold {
            try opened.lock.hold {}
            #expect(try isLocked(project))
        }
        #expect(try !isLocked(project))
    }

    @Test func `the lock is let go of after an error`() throws {
        let project = try EngineProject()
        #expect(throws: (any Error).self) { try project.add("nowhere") }
        #expect(try !isLocked(project))
    }

    /// Records of earlier stages are written with the lock meanwhile, which takes no time to speak of.
    @Test func `commands of stages run without the lock`() throws {
        let project = try EngineProject()
        for name in ["in", "extra"] { try project.write(name, to: name) }
        try project.write(
            """
            stages:
              quiet:
                cmd: cat in > copy
                deps: [in]
                outs: [copy]
              probe:
                cmd: flock --timeout 20 .dvc/tmp/lock true && echo free > out
                deps: [copy, extra]
                outs: [out]

            """,
            to: "dvc.yaml"
        )
        try ReproduceOperation(targets: []).run(in: try project.open()).check()
        #expect(try project.text("out") == "free\n")
        #expect(try !isLocked(project))
        // The first stage is looked at, the second one runs.
        try project.write("changed", to: "extra")
        try ReproduceOperation(targets: []).run(in: try project.open()).check()
        #expect(try project.text("out") == "free\n")
        #expect(try !isLocked(project))
    }

    @Test func `a stage may remove the folder of the locks`() throws {
        let project = try EngineProject()
        try project.write(
            """
            stages:
              first:
                cmd: rm -rf .dvc/tmp && echo > one
                outs: [one]
              second:
                cmd: echo > two
                deps: [one]
                outs: [two]

            """,
            to: "dvc.yaml"
        )
        try ReproduceOperation(targets: []).run(in: try project.open()).check()
        #expect(try project.status().report.isEmpty)
    }

    private func isLocked(_ project: EngineProject) throws -> Bool {
        try !ProgramResult.running(
            ["flock", "--nonblock", ".dvc/tmp/lock", "true"],
            environment: project.environment.entries(setting: []),
            in: project.root
        )
        .reason.isSuccess
    }
}
