import DVPipeline
import DVProject
import DVReporting

/// Something a status shows: lines for people, JSON for programs.
protocol ChangeView {
    var hasChanges: Bool { get }
    var json: String { get }
    var lines: [String] { get }
}

/// Words that local and remote status share.
enum StatusText {
    static let emptyProject = """
        There are no data or pipelines tracked in this project yet.
        See <https://dvc.org/doc/start> to get started!
        """

    /// `new:                data`: the state fills twenty columns.
    static func entry(_ state: String, _ path: String, indent: Int) -> String {
        let label = state + ":"
        let padding = String(repeating: " ", count: max(1, 20 - label.count))
        return String(repeating: "\t", count: indent) + label + padding + path
    }
}

/// Changed stages, as `dvc status` prints them.
struct StatusView: ChangeView {
    private let status: LocalStatus

    init(_ status: LocalStatus) {
        self.status = status
    }

    var hasChanges: Bool { !status.report.isEmpty }

    var json: String { JSONValue(status.report.value).serialized() }

    var lines: [String] {
        guard hasChanges else {
            return [status.isProjectEmpty ? StatusText.emptyProject : ReproduceText.upToDate]
        }
        return status.report.stages.flatMap { stage in
            [stage.address + ":"] + stage.entries.flatMap(Self.lines)
        }
    }

    private static func lines(_ entry: StatusReport.Entry) -> [String] {
        switch entry {
        case .dependencies(let items): ["\tchanged deps:"] + items.flatMap(lines)
        case .outputs(let items): ["\tchanged outs:"] + items.flatMap(lines)
        case .text(let text): ["\t" + text]
        }
    }

    private static func lines(_ item: StatusReport.Item) -> [String] {
        switch item.state {
        case .text(let text): [StatusText.entry(text, item.path, indent: 2)]
        case .parameters(let parameters):
            ["\t\t\(item.path):"]
                + parameters.map { StatusText.entry($0.state, $0.key, indent: 3) }
        }
    }
}

/// Differences between cache and remote, as `dvc status --cloud` prints them.
struct RemoteStatusView: ChangeView {
    private let status: RemoteStatus
    private let indent: Int

    /// DVC indents with `--cloud` only.
    init(_ status: RemoteStatus, isIndented: Bool) {
        self.status = status
        indent = isIndented ? 1 : 0
    }

    var hasChanges: Bool { !status.changes.isEmpty }

    var json: String {
        JSONValue.object(status.changes.map { ($0.path, .string($0.state.rawValue)) }).serialized()
    }

    var lines: [String] {
        guard hasChanges else {
            let inSync = "Cache and remote '\(status.remote)' are in sync."
            return [status.isProjectEmpty ? StatusText.emptyProject : inSync]
        }
        return status.changes.map { StatusText.entry($0.state.rawValue, $0.path, indent: indent) }
    }
}
