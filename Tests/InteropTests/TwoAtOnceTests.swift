import DVSystem
import DVTestSupport
import Glibc
import Testing

/// Two commands in one project at the same time, of one tool or of both.
@Suite(.timeLimit(.minutes(3))) struct TwoAtOnceTests {
    @Test func `two adds of different data both succeed`() throws {
        let project = try TemporaryProject()
        let names = ["left", "right", "third"]
        for name in names {
            for number in 0..<40 { try project.write("\(name) \(number)", to: "\(name)/\(number)") }
        }
        try WorkerPool(jobs: names.count).forEach(count: names.count, batchSize: 1) { range in
            try project.run(.dvswift, "add", names[range.lowerBound])
        }
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        #expect(try project.text(of: ".gitignore").split(separator: "\n").count == names.count)
        let before = try project.tree()
        for name in names { try project.remove(name) }
        try project.run(.dvswift, "checkout")
        #expect(try project.tree().difference(from: before) == nil)
    }

    @Test func `adds of the same data at once leave one good pointer`() throws {
        let project = try TemporaryProject()
        for number in 0..<40 { try project.write("row \(number)", to: "data/\(number)") }
        try WorkerPool(jobs: 3).forEach(count: 3, batchSize: 1) { _ in
            try project.run(.dvswift, "add", "data")
        }
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        #expect(try project.text(of: ".gitignore") == "/data\n")
    }

    @Test func `stages of two repros are all recorded`() throws {
        let project = try TemporaryProject()
        for name in ["left", "right"] {
            let command = "sleep 0.3; echo \(name) > \(name)"
            try project.run(.dvswift, "stage", "add", "-n", name, "-o", name, command)
        }
        try WorkerPool(jobs: 2).forEach(count: 2, batchSize: 1) { range in
            try project.run(.dvswift, "repro", ["left", "right"][range.lowerBound])
        }
        #expect(try project.run(.dvswift, "repro").contains("Data and pipelines are up to date."))
    }

    @Test func `while DVC works, dvswift waits and says for whom`() throws {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.write("a", to: "a")
        let holder = try Self.start(Self.holding(), in: project)
        while try !project.exists("held") { usleep(10_000) }
        let result = try project.attempt(.dvswift, "add", "a")
        #expect(try project.exists("released"))
        #expect(result.reason.isSuccess, "\(result)")
        #expect(result.errors.contains(/Waiting for process \d+, which is working in this project/))
        #expect(try project.exists("a.dvc"))
        let ended = try holder.wait { $0 }.get()
        #expect(ended.reason.isSuccess, "\(ended)")
    }

    @Test func `while dvswift works, DVC fails and dvswift waits`() throws {
        let project = try TemporaryProject(madeBy: .dvc)
        for name in ["a", "b"] { try project.write(name, to: name) }
        let lock = try FileLock(at: project.path(".dvc/tmp/lock")) { _ in }
        let refused = try project.attempt(.dvc, "add", "b")
        #expect(!refused.reason.isSuccess)
        #expect(refused.errors.contains("Unable to acquire lock"), "\(refused)")
        let waiting = Self.start([try Tool.dvswift.program, "add", "a"], in: project)
        usleep(500_000)
        #expect(try !project.exists("a.dvc"))
        _ = consume lock
        let result = try waiting.wait { $0 }.get()
        #expect(result.reason.isSuccess, "\(result)")
        #expect(result.errors.contains("Waiting for process"))
        #expect(try project.exists("a.dvc") && !project.exists("b.dvc"))
    }

    /// Runs a program on a thread of its own; wait for its result.
    static func start(
        _ command: [String],
        in project: TemporaryProject
    ) -> Monitor<Result<ProgramResult, any Error>?> {
        let ending = Monitor<Result<ProgramResult, any Error>?>(nil)
        OSThread.start {
            let result = Result { try project.attempt(command) }
            ending.update { $0 = result }
        }
        return ending
    }

    /// A program that takes DVC's own lock, writes `held`, and lets go after a while.
    private static func holding() throws -> [String] {
        let script = """
            import time
            from dvc.repo import Repo
            with Repo().lock:
                open("held", "w").close()
                time.sleep(1.5)
                open("released", "w").close()
            """
        let programs = AbsolutePath(try Tool.dvc.program, relativeTo: .root).parent
        return [programs.appending("python").string, "-c", script]
    }
}
