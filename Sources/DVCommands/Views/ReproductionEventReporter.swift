import DVPipeline
import DVProject
import DVReporting

/// Writes what happens to stages as JSON, one object a line; lines for people are left out.
struct ReproductionEventReporter: Reporter {
    private let base: any Reporter

    init(_ base: any Reporter) {
        self.base = base
    }

    func report(_ event: ReportEvent) {
        switch event {
        case .answer: return
        case .stageOutput(let stage, let lines, let isError):
            let stream: JSONValue = isError ? "stderr" : "stdout"
            let events = lines.map { line in
                Self.event(
                    "output",
                    [("stage", .string(stage)), ("stream", stream), ("line", .string(line))]
                )
            }
            base.report(.answer(events.joined(separator: "\n")))
        default: base.report(event)
        }
    }

    func begin(_ progress: Progress) { base.begin(progress) }

    func flush() { base.flush() }

    func tell(_ event: ReproductionEvent) {
        switch event {
        case .started(let stage): write("start", [Self.name(stage)])
        case .stale(let explanation):
            write("why", ExplanationView(explanation).fields)
        case .command(let stage, let line):
            write("command", [Self.name(stage), ("line", .string(line))])
        case .retrying(let stage, let error, let left):
            write(
                "retry",
                [
                    Self.name(stage), ("error", .string(ErrorAccount(error).text)),
                    ("attempts_left", .integer(left)),
                ]
            )
        case .finished(let entry): write("end", Self.fields(entry))
        }
    }

    /// The end of all; also tells of stages whose turn never came.
    func tell(_ summary: ReproductionSummary) {
        for entry in summary.untouched { write("end", Self.fields(entry)) }
        write("summary", summary.fields)
    }

    private func write(_ event: String, _ fields: [(key: String, value: JSONValue)]) {
        base.report(.answer(Self.event(event, fields)))
    }

    private static func event(
        _ name: String,
        _ fields: [(key: String, value: JSONValue)]
    ) -> String {
        JSONValue.object([("event", .string(name))] + fields).serialized()
    }

    private static func name(_ stage: Stage) -> (key: String, value: JSONValue) {
        ("stage", .string(stage.address))
    }

    private static func fields(
        _ entry: ReproductionReport.Entry
    ) -> [(key: String, value: JSONValue)] {
        var fields = [name(entry.stage), ("outcome", .string(entry.outcome.word))]
        if let seconds = entry.seconds { fields.append(("seconds", .float(seconds))) }
        switch entry.outcome {
        case .failed(let error): fields.append(("error", .string(ErrorAccount(error).text)))
        case .skipped(let cause): fields.append(("because", .string(cause.address)))
        default: break
        }
        return fields
    }
}

extension StageOutcome {
    /// As the summary and events name it.
    var word: String {
        switch self {
        case .unchanged: "unchanged"
        case .reproduced: "run"
        case .restored: "cached"
        case .failed: "failed"
        case .skipped: "skipped"
        case .notStarted: "unstarted"
        }
    }
}
