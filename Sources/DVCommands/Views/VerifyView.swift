import DVObjects
import DVProject
import DVReporting
import DVTerminal

/// What a check of stored data found.
struct VerifyView {
    private let reports: [VerifyReport]

    init(_ reports: [VerifyReport]) {
        self.reports = reports
    }

    var isIntact: Bool { reports.allSatisfy(\.isIntact) }

    var lines: [String] { reports.flatMap(lines) }

    var json: String {
        JSONValue.object(reports.map { (Self.name($0.place), Self.json($0)) }).serialized()
    }

    private static func name(_ place: VerifyReport.Place) -> String {
        switch place {
        case .cache: "cache"
        case .remote(let name): "remote \(name)"
        case .workspace: "workspace"
        }
    }

    private func lines(_ report: VerifyReport) -> [String] {
        let what = report.place == .workspace ? "files" : "objects"
        var summary =
            "Verified \(report.checked) \(what) (\(Measures.bytes(report.bytes))) of the \(Self.name(report.place))"
        let mended = report.problems.filter { $0.source != nil }.count
        let bad = report.problems.count - mended + report.silentlyChanged.count
        if mended > 0 { summary += ", \(mended) repaired" }
        summary += bad == 0 ? ": all intact." : ": \(bad) bad."
        let changed = report.silentlyChanged.map { "changed  \($0): content is not what it was" }
        return report.problems.flatMap(Self.lines) + changed + [summary]
    }

    private static func lines(_ problem: VerifyProblem) -> [String] {
        let state = word(problem)
        let detail = problem.source.map { " (from \($0))" } ?? ""
        guard !problem.origins.isEmpty else {
            return ["\(state)  \(problem.name)\(detail): no path needs it"]
        }
        return problem.origins.map { origin in
            let commit = origin.commit.map { String($0.id.hex.prefix(7)) } ?? "workspace"
            return "\(state)  \(origin.path)  \(commit)  \(problem.name)\(detail)"
        }
    }

    private static func word(_ problem: VerifyProblem) -> String {
        if problem.source != nil { return "repaired" }
        switch problem.kind {
        case .damaged: return "damaged "
        case .missing: return "missing "
        }
    }

    private static func json(_ report: VerifyReport) -> JSONValue {
        .object([
            ("checked", .integer(report.checked)), ("bytes", .integer(Int(report.bytes))),
            ("problems", .array(report.problems.map(json))),
            ("changed", .array(report.silentlyChanged.map { .string($0) })),
        ])
    }

    private static func json(_ problem: VerifyProblem) -> JSONValue {
        let state: String =
            switch problem.kind {
            case .damaged: "damaged"
            case .missing: "missing"
            }
        return .object([
            ("object", .string(problem.name.text)), ("state", .string(state)),
            ("repaired_from", problem.source.map { .string($0) } ?? .null),
            (
                "needed_by",
                .array(
                    problem.origins.map { origin in
                        .object([
                            ("path", .string(origin.path)),
                            ("commit", origin.commit.map { .string($0.id.hex) } ?? .null),
                        ])
                    }
                )
            ),
        ])
    }
}
