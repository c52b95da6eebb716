import DVFormats
import DVPipeline
import DVTerminal

/// Stages with what they make, as `dvc stage list` prints them.
struct StageListView {
    private let stages: [Stage]
    private let isNameOnly: Bool

    init(_ stages: [Stage], isNameOnly: Bool) {
        self.stages = stages
        self.isNameOnly = isNameOnly
    }

    var lines: [String] {
        if isNameOnly { return stages.map(\.address) }
        return TextTable(stages.map { [$0.address, Self.description(of: $0)] }).lines
    }

    private static func description(of stage: Stage) -> String {
        let text =
            stage.summary?.split(separator: "\n").first.map(String.init) ?? contents(of: stage)
        return SummaryText.truncated(text, to: 80)
    }

    private static func contents(of stage: Stage) -> String {
        let inputs = stage.dependencies.map(\.written) + stage.parameters.map(\.written)
        if stage.outputs.isEmpty {
            return inputs.isEmpty
                ? "No outputs or dependencies" : "Depends on " + inputs.joined(separator: ", ")
        }
        let plain = stage.outputs.filter { $0.kind == .output }.map(\.written)
        let reports = stage.outputs.filter { $0.kind != .output }.map(\.written)
        return [("Outputs ", plain), ("Reports ", reports)]
            .filter { !$0.1.isEmpty }
            .map { $0.0 + $0.1.joined(separator: ", ") }
            .joined(separator: "; ")
    }
}
