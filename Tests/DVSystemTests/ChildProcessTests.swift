import DVSystem
import DVTestSupport
import Glibc
import Synchronization
import Testing

@Suite struct ChildProcessTests {
    private let directory: TemporaryDirectory
    private let environment = ProcessEnvironment.current()

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: [
        ("exit 0", ExitReason.exited(0)), ("exit 7", .exited(7)), ("exit 255", .exited(255)),
        ("kill -9 $$", .signalled(9)), ("kill -TERM $$", .signalled(15)),
    ])
    func `the exit reason is the shell's`(line: String, reason: ExitReason) throws {
        #expect(try run(line).reason == reason)
    }

    @Test func `lines come with their stream, the last without a line end too`() throws {
        let result = try run("echo one; echo two >&2; printf three")
        #expect(result.lines(isError: false) == ["one", "three"])
        #expect(result.lines(isError: true) == ["two"])
    }

    @Test func `a line without end is passed on in pieces of bounded size`() throws {
        let result = try run("head -c 300000 /dev/zero | tr '\\0' x")
        let lines = result.lines(isError: false)
        #expect(lines.map(\.utf8.count).reduce(0, +) == 300_000)
        #expect(lines.allSatisfy { $0.utf8.count <= 65_536 })
    }

    @Test func `of a line rewritten with carriage returns the last state remains`() throws {
        let result = try run(#"printf '10%%\r50%%\r100%%\ndone\r\n'"#)
        #expect(result.lines(isError: false) == ["100%", "done"])
    }

    @Test func `the child starts in its directory with its environment and no input`() throws {
        try directory.write("", to: "here/file")
        var request = ChildRequest(
            ["/bin/sh", "-c", "ls; echo $DVC_STAGE; cat"],
            environment: environment.entries(setting: [("DVC_STAGE", "train")]),
            in: directory.appending("here")
        )
        let collected = Collected()
        request.output = .lines(collected.add)
        #expect(try ChildProcess.run(request) == .exited(0))
        #expect(collected.lines(isError: false) == ["file", "train"])
    }

    @Test func `a program that does not exist is an error, not an exit status`() {
        let request = ChildRequest(
            ["/no/such/shell", "-c", "true"],
            environment: [],
            in: directory.path
        )
        #expect(throws: SystemError("run", "/no/such/shell", code: .noSuchFileOrDirectory)) {
            try ChildProcess.run(request)
        }
    }

    @Test func `what a child leaves behind in the background does not hold us up`() throws {
        let start = ContinuousClock.now
        let result = try run("sleep 20 & echo $!")
        #expect(ContinuousClock.now - start < .seconds(5))
        let left = try #require(result.lines(isError: false).first.flatMap { pid_t($0) })
        #expect(kill(left, 0) == 0)
        kill(left, SIGKILL)
    }

    @Test func `what never stops writing in the background does not hold us up either`() throws {
        let result = try run("(while :; do echo y; done) & echo $!")
        let first = result.lines(isError: false).first { $0 != "y" }
        let left = try #require(first.flatMap { pid_t($0) })
        kill(left, SIGKILL)
        #expect(result.reason == .exited(0))
    }

    @Test func `an interruption ends the whole group`() throws {
        let result = try run("sleep 30 & echo $!; sleep 30", interruptAfter: .milliseconds(300))
        #expect(result.reason == nil)
        let grandchild = try #require(result.lines(isError: false).first.flatMap { pid_t($0) })
        #expect(isGone(grandchild))
    }

    @Test func `a child that ignores the signal is killed after the grace time`() throws {
        let start = ContinuousClock.now
        let line = "trap '' TERM; echo ready; while true; do sleep 1; done"
        let result = try run(line, interruptAfter: .milliseconds(300), grace: 0.5)
        let elapsed = ContinuousClock.now - start
        #expect(result.reason == nil)
        #expect(elapsed > .milliseconds(700) && elapsed < .seconds(5))
    }

    @Test func `no zombie is left`() throws {
        let result = try run("echo $$")
        let child = try #require(result.lines(isError: false).first.flatMap { pid_t($0) })
        #expect(kill(child, 0) == -1)
    }

    @Test func `lines that come at once are passed on at once`() throws {
        let result = try run("seq 100000; echo end >&2")
        #expect(result.lines(isError: false) == (1...100_000).map(String.init))
        #expect(result.lines(isError: true) == ["end"])
        #expect(result.collected.calls < 10_000)
    }

    @Test func `many at once keep their lines apart`() throws {
        let texts = try WorkerPool(jobs: 8).map(count: 32, batchSize: 1, worker: {}) { _, range in
            try run("for i in 1 2 3; do echo \(range.lowerBound); done").lines(isError: false)
        }
        #expect(texts == (0..<32).map { Array(repeating: "\($0)", count: 3) })
    }

    private func run(
        _ line: String,
        interruptAfter delay: Duration? = nil,
        grace: Double = 10
    ) throws -> Result {
        let collected = Collected()
        var request = ChildRequest(
            ["/bin/sh", "-c", line],
            environment: environment.entries(setting: []),
            in: directory.path,
            output: .lines(collected.add)
        )
        let end = delay.map { ContinuousClock.now + $0 }
        request.interruption = { end.map { $0 <= .now } == true ? SIGTERM : nil }
        request.grace = grace
        do {
            return Result(reason: try ChildProcess.run(request), collected: collected)
        } catch is Interrupted {
            return Result(reason: nil, collected: collected)
        }
    }

    /// A killed process that its parent has not reaped counts as gone.
    private func isGone(_ process: pid_t) -> Bool {
        guard kill(process, 0) == 0 else { return true }
        let stat = try? path("/proc/\(process)/stat").readBytes()
        return stat.map { String(decoding: $0, as: UTF8.self).contains(") Z ") } ?? true
    }

    private func path(_ text: String) -> AbsolutePath { AbsolutePath(text, relativeTo: .root) }

    private struct Result: Sendable {
        /// Nil after an interruption.
        let reason: ExitReason?
        let collected: Collected

        func lines(isError: Bool) -> [String] { collected.lines(isError: isError) }
    }

    private final class Collected: Sendable {
        private let received = Mutex<[(lines: [String], isError: Bool)]>([])

        var calls: Int { received.withLock(\.count) }

        func add(_ lines: [String], _ isError: Bool) {
            received.withLock { $0.append((lines, isError)) }
        }

        func lines(isError: Bool) -> [String] {
            received.withLock { $0.filter { $0.isError == isError }.flatMap(\.lines) }
        }
    }
}
