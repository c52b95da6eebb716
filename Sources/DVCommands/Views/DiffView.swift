import DVProject
import DVReporting
import DVTerminal

/// Changes of tracked data, as `dvc diff` prints them.
struct DiffView {
    private struct Group {
        let state: String
        let entries: [DiffReport.Entry]
    }

    private let report: DiffReport
    private let isShowingHash: Bool
    private let isHidingMissing: Bool

    init(_ report: DiffReport, isShowingHash: Bool, isHidingMissing: Bool) {
        self.report = report
        self.isShowingHash = isShowingHash
        self.isHidingMissing = isHidingMissing
    }

    /// In the order of lines.
    private var groups: [Group] {
        let groups = [
            Group(state: "added", entries: report.added),
            Group(state: "deleted", entries: report.deleted),
            Group(state: "renamed", entries: report.renamed),
            Group(state: "modified", entries: report.modified),
        ]
        let missing = Group(state: "not in cache", entries: report.missing)
        return isHidingMissing ? groups : groups + [missing]
    }

    var lines: [String] {
        var lines: [String] = []
        for group in groups where !group.entries.isEmpty {
            lines.append(group.state.prefix(1).uppercased() + group.state.dropFirst() + ":")
            lines += group.entries.map { entry in
                let hash = isShowingHash ? Self.digits(entry) + "  " : ""
                return "    " + hash + Self.path(entry)
            }
            lines.append("")
        }
        let counts = groups.map { group in
            (group.state, group.entries.count { !Self.path($0).hasSuffix("/") })
        }
        .filter { $0.1 > 0 }
        guard !counts.isEmpty else { return lines }
        let summary = counts.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
        return lines + ["files summary: " + summary]
    }

    /// The last line is empty, as Markdown wants it behind a table.
    var markdown: [String] {
        let rows = groups.flatMap { group in
            group.entries.map { entry in
                isShowingHash
                    ? [group.state, Self.digits(entry), Self.path(entry)]
                    : [group.state, Self.path(entry)]
            }
        }
        let headers = isShowingHash ? ["Status", "Hash", "Path"] : ["Status", "Path"]
        return MarkdownTable(headers: headers, rows: rows).lines + [""]
    }

    var json: String {
        guard !report.isEmpty else { return "{}" }
        var pairs: [(key: String, value: JSONValue)] = [
            ("added", array(report.added)),
            ("deleted", array(report.deleted)),
            ("modified", array(report.modified)),
            ("renamed", array(report.renamed)),
        ]
        if !isHidingMissing { pairs.append(("not in cache", array(report.missing))) }
        return JSONValue.object(pairs).serialized()
    }

    private func array(_ entries: [DiffReport.Entry]) -> JSONValue {
        .array(entries.map(json))
    }

    private func json(_ entry: DiffReport.Entry) -> JSONValue {
        let path: JSONValue =
            entry.newPath.map { .object([("old", .string(entry.path)), ("new", .string($0))]) }
            ?? .string(entry.path)
        guard isShowingHash else { return .object([("path", path)]) }
        let hash: JSONValue =
            switch (entry.old, entry.new) {
            case (let old?, let new?): .object([("old", .string(old)), ("new", .string(new))])
            case (let old, let new): (old ?? new).map { .string($0) } ?? .null
            }
        return .object([("path", path), ("hash", hash)])
    }

    private static func digits(_ entry: DiffReport.Entry) -> String {
        [entry.old, entry.new].compactMap { $0?.prefix(8) }.joined(separator: "..")
    }

    private static func path(_ entry: DiffReport.Entry) -> String {
        entry.newPath.map { "\(entry.path) -> \($0)" } ?? entry.path
    }
}
