import DVFormats
import DVPipeline
import DVSystem
import Testing

/// Stages that need something of the machine while they run.
extension SchedulerTests {
    /// Stages that need nothing of each other, with what they claim.
    private static func claiming(_ claims: [String: DataValue]) throws -> (
        stages: [Stage], claims: [Stage: StageClaims]
    ) {
        let stages = claims.sorted { $0.key < $1.key }.map { name, claim in
            stage(name, [], [name + ".out"]) { $0.meta = .mapping([("dvswift", claim)]) }
        }
        return (
            stages,
            Dictionary(uniqueKeysWithValues: try stages.map { ($0, try StageClaims(of: $0)) })
        )
    }

    @Test func `stages with a mutex in common run one after the other, others beside them`() throws
    {
        let gpu = DataValue.mapping([("mutex", .list([.string("gpu")]))])
        let (stages, claims) = try Self.claiming([
            "a": gpu, "b": gpu, "c": .mapping([("mutex", .string("GPU"))]), "d": .mapping([]),
        ])
        // d waits until a runs, and a until d does: so one that is blocked lets others pass.
        let executor = RecordingExecutor(meeting: ["a", "d"])
        let report = try run(executor, stages) {
            $0.jobs = 4
            $0.claims = claims
        }
        #expect(report.reproduced.count == 4)
        #expect(executor.hasMet)
        #expect(Self.mostAtOnce(["a", "b", "c"], in: executor.events) == 1)
    }

    @Test func `amounts of stages that run stay within the limits`() throws {
        func memory(_ amount: Double) -> DataValue {
            .mapping([("resources", .mapping([("memory", .float(amount))]))])
        }
        let (stages, claims) = try Self.claiming([
            "a": memory(5), "b": memory(4), "c": memory(6), "d": memory(4), "e": memory(0.5),
        ])
        let executor = RecordingExecutor(meeting: ["a", "b"])
        let report = try run(executor, stages) {
            $0.jobs = 5
            $0.claims = claims
            $0.limits = ["memory": 10]
        }
        #expect(report.reproduced.count == 5)
        var held = 0.0
        for event in executor.events {
            let stage = try #require(stages.first { $0.address == event.dropFirst() })
            let amount = try #require(claims[stage]?.resources["memory"])
            held += event.hasPrefix("+") ? amount : -amount
            #expect(held <= 10)
        }
    }

    @Test func `claims that cannot be understood or kept are errors`() throws {
        let wrong: [DataValue] = [
            .string("gpu"), .mapping([("mutexes", .list([]))]), .mapping([("mutex", .integer(1))]),
            .mapping([("mutex", .list([.integer(1)]))]), .mapping([("resources", .list([]))]),
            .mapping([("resources", .mapping([("memory", .integer(-1))]))]),
            .mapping([("resources", .mapping([("memory", .string("8G"))]))]),
        ]
        for claim in wrong {
            #expect(throws: ClaimError.self) { try Self.claiming(["a": claim]) }
        }
        let asking = DataValue.mapping([("resources", .mapping([("memory", .integer(9))]))])
        let (stages, claims) = try Self.claiming(["a": asking])
        let error = ClaimError.beyondLimit(stages[0], resource: "memory", amount: 9, limit: 8)
        #expect(throws: error) { try claims[stages[0]]?.check(stages[0], limits: ["memory": 8]) }
        try claims[stages[0]]?.check(stages[0], limits: ["memory": 9])
    }

    private static func mostAtOnce(_ names: Set<String>, in events: [String]) -> Int {
        var running = 0
        return events.filter { names.contains(String($0.dropFirst())) }.map { event in
            running += event.hasPrefix("+") ? 1 : -1
            return running
        }
        .max() ?? 0
    }
}
