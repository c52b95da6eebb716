import DVTestSupport
import Testing

/// A pipeline that is killed at any moment: running it again completes it, and the records are true.
@Suite struct PipelineCrashTests {
    @Test func `a killed repro is completed by the next`() throws {
        try Self.kill(["repro", "-q"], in: try Self.project(), seed: 6)
    }

    @Test func `a killed repro of a changed pipeline with two jobs is completed by the next`()
        throws
    {
        let project = try Self.project()
        try project.run(.dvswift, "repro", "-q")
        try project.write("lines: 250000\nwords: 7\n", to: "params.yaml")
        try Self.kill(["repro", "-q", "-j", "2"], in: project, seed: 7)
    }

    private static func kill(
        _ arguments: [String],
        in project: TemporaryProject,
        seed: UInt64
    ) throws {
        let command = KilledCommand(
            arguments: arguments,
            template: project,
            check: Self.expectEverythingRecorded
        )
        try command.killEverywhere(seed: seed)
    }

    /// Nothing is out of date, and all outputs come back from the cache.
    private static func expectEverythingRecorded(_ project: TemporaryProject) throws {
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        for output in outputs { try project.remove(output) }
        try project.run(.dvswift, "checkout", "-q")
        let again = try project.run(.dvswift, "repro")
        #expect(again.contains("Data and pipelines are up to date."))
    }

    private static let outputs = ["numbers.txt", "parts", "mixed.bin", "words.txt"]

    /// Two branches, with files below and above the size of one frame, and an output that Git keeps.
    private static func project() throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.write(Noise.bytes(1_300_000, seed: 11), to: "noise.bin")
        try project.write("lines: 200000\nwords: 5\n", to: "params.yaml")
        try project.write(stages, to: "dvc.yaml")
        try project.run(.dvswift, "add", "-q", "noise.bin")
        return project
    }

    private static let stages = """
        stages:
          count:
            cmd: seq $(awk '/lines/ {print $2}' params.yaml) > numbers.txt
            params: [lines]
            outs: [numbers.txt]
          split:
            cmd: mkdir parts && split -n l/12 numbers.txt parts/part-
            deps: [numbers.txt]
            outs: [parts]
          mix:
            cmd: cat noise.bin numbers.txt > mixed.bin
            deps: [noise.bin, numbers.txt]
            outs: [mixed.bin]
          words:
            cmd: seq $(awk '/words/ {print $2}' params.yaml) > words.txt
            params: [words]
            outs: [words.txt]
          summary:
            cmd: wc -c mixed.bin parts/* words.txt > summary.txt
            deps: [mixed.bin, parts, words.txt]
            metrics: [{summary.txt: {cache: false}}]

        """
}
