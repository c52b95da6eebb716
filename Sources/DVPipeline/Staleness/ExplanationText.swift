import DVFormats
import DVReporting

/// Explanations as people read them.
package enum ExplanationText {
    /// A title, then a line for each reason.
    package static func lines(_ explanation: Explanation) -> [String] {
        let reasons = explanation.reasons.map { text($0, explanation.makers) }
        let pending = explanation.pending.map { path in
            let maker = explanation.makers[path].map { "stage '\($0.address)'" } ?? "a stage"
            return "dependency '\(path)' is written by \(maker), which is not up to date"
        }
        let all = reasons + pending
        return ["Stage '\(explanation.stage.address)' is not up to date:"]
            + (all.isEmpty ? ["running it was asked for"] : all).map { "    " + $0 }
    }

    private static func text(_ reason: StaleReason, _ makers: [String: Stage]) -> String {
        switch reason {
        case .command(let old, let new):
            "command changed: \(text(old)) -> \(text(new))"
        case .dependency(let change):
            "dependency \(text(change))"
                + (makers[change.path].map { ", written by stage '\($0.address)'" } ?? "")
        case .dataset(let change):
            "dataset '\(change.path)' \(change.change.rawValue)"
                + values(change.old?.state, change.new?.state)
        case .parameter(let change):
            "parameter '\(change.file):\(change.key)' \(change.change.rawValue)"
                + values(change.old.map(text), change.new.map(text))
        case .parameterFile(let file, let change): "parameters '\(file)' \(change.rawValue)"
        case .output(let change): "output \(text(change))"
        case .alwaysChanged: "it runs always"
        case .checksum: "its file was edited"
        }
    }

    private static func text(_ change: PathChange) -> String {
        "'\(change.path)' \(change.change.rawValue)"
            + values(change.old.map(\.name.text), change.new.map(\.name.text))
    }

    private static func values(_ old: String?, _ new: String?) -> String {
        guard let new else { return "" }
        return old.map { ": \($0) -> \(new)" } ?? ": \(new)"
    }

    private static func text(_ command: StageCommand?) -> String {
        command.map { "'\($0.lines.joined(separator: "; "))'" } ?? "none"
    }

    private static func text(_ value: DataValue) -> String {
        JSONValue(value).serialized()
    }
}
