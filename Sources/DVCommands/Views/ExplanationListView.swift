import DVPipeline
import DVReporting

/// Why stages are not up to date: `status --why`.
struct ExplanationListView: ChangeView {
    private let explanations: [Explanation]

    init(_ explanations: [Explanation]) {
        self.explanations = explanations
    }

    var hasChanges: Bool { !explanations.isEmpty }

    var json: String {
        JSONValue.array(explanations.map { .object(ExplanationView($0).fields) }).serialized()
    }

    var lines: [String] {
        hasChanges
            ? explanations.flatMap(ExplanationText.lines) : [ReproduceText.upToDate]
    }
}
