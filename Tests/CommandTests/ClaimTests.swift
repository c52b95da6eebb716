import DVTestSupport
import Testing

/// What stages need of the machine, from `dvc.yaml` and the settings to what runs.
@Suite struct ClaimTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject(madeBy: .dvswift)
        try project.write(Self.pipeline, to: "dvc.yaml")
    }

    /// Each stage fails if another one runs beside it.
    private static let pipeline = """
        stages:
          train:
            matrix: {n: [a, b, c, d]}
            cmd: mkdir held && sleep 0.05 && rmdir held && echo ${item.n} > ${item.n}
            outs: ["${item.n}"]
            meta: {team: vision, dvswift: {mutex: [gpu], resources: {Memory: 8}}}

        """

    @Test func `a mutex keeps stages apart, whatever -j says`() throws {
        try project.run(.dvswift, "config", "resources.memory", "64")
        #expect(try project.text(of: ".dvc/config.dvswift").contains("[resources]"))
        let result = try project.attempt(.dvswift, "repro", "-q", "-j", "4")
        #expect(result.reason == .exited(0), "\(result)")
        #expect(try project.exists("d"))
    }

    @Test func `too much for the machine is an error before anything runs`() throws {
        try project.run(.dvswift, "config", "resources.memory", "4")
        let result = try project.attempt(.dvswift, "repro")
        #expect(result.reason == .exited(255))
        #expect(
            result.errors.contains(
                "stage 'train@a' needs 8 of 'memory', but the limit is 4; nothing was run"
            )
        )
        #expect(try !project.exists("a"))
    }

    @Test func `a resource without a limit is told where stages run at the same time`() throws {
        let told = try project.attempt(.dvswift, "repro", "-j", "2").errors
        #expect(told.contains("WARNING: stages need 'memory', of which no limit is set"))
        #expect(try project.attempt(.dvswift, "repro").errors == "")
    }

    @Test func `limits are numbers of at least 0`() throws {
        for amount in ["much", "-1"] {
            let result = try project.attempt(.dvswift, "config", "resources.memory", amount)
            #expect(result.reason == .exited(251))
        }
    }
}
