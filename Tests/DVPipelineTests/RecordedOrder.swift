import DVPipeline
import Testing

/// A graph and the orders in which `dvc repro --dry` listed its stages.
struct RecordedOrder: Sendable, CustomTestStringConvertible {
    struct Case: Sendable {
        let scope: PlanScope
        let targets: [String]
        let order: [String]
    }

    let name: String
    private(set) var stages: [Stage] = []
    private(set) var cases: [Case] = []

    var testDescription: String { name }

    static let all: [RecordedOrder] = dvcOrders.split(separator: "\n\n").compactMap(
        RecordedOrder.init
    )

    /// Lines `graph NAME`, `stage NAME : DEPS : OUTS [: frozen]` and `case ARGUMENTS => ORDER`.
    private init?(_ text: Substring) {
        let lines = text.split(separator: "\n")
        guard let first = lines.first else { return nil }
        name = String(first.dropFirst("graph ".count))
        for line in lines.dropFirst() {
            if line.hasPrefix("stage ") {
                stages.append(Self.stage(line.dropFirst("stage ".count)))
            } else {
                cases.append(Self.example(line.dropFirst("case ".count)))
            }
        }
    }

    private static func stage(_ text: Substring) -> Stage {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(words)
        return DVPipelineTests.stage(fields[0][0], fields[1], fields[2]) {
            $0.isFrozen = fields.count > 3
        }
    }

    private static func example(_ text: Substring) -> Case {
        let sides = text.split(separator: "=>", omittingEmptySubsequences: false).map(words)
        let scopes: [String: PlanScope] = [
            "-P": .everything, "-p": .pipeline, "-s": .single, "--downstream": .downstream,
        ]
        let scope = sides[0].first.flatMap { scopes[$0] }
        return Case(
            scope: scope ?? .upstream,
            targets: scope == nil ? sides[0] : Array(sides[0].dropFirst()),
            order: sides[1]
        )
    }

    private static func words(_ text: Substring) -> [String] {
        text.split(separator: " ").map(String.init)
    }
}
