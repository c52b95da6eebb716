import DVPipeline
import DVProject
import DVReporting
import DVTerminal

/// What a reproduction came to: a table for people, numbers for programs.
struct ReproductionSummary {
    private let result: ReproduceReport

    init(_ result: ReproduceReport) {
        self.result = result
    }

    private var entries: [ReproductionReport.Entry] { result.report.entries }

    /// Those whose end no event told.
    var untouched: [ReproductionReport.Entry] { entries.filter { $0.seconds == nil } }

    var fields: [(key: String, value: JSONValue)] {
        let words = ["run", "cached", "unchanged", "failed", "skipped", "unstarted"]
        let counts = words.map { word in
            (word, JSONValue.integer(entries.count { $0.outcome.word == word }))
        }
        return counts + [("bytes", .integer(Int(result.outputBytes.values.reduce(0, +))))]
    }

    /// A line for each stage that was not as it should be, and one for all.
    var lines: [String] {
        let shown = entries.filter { $0.outcome.word != "unchanged" }
        let rows = shown.map { entry in
            [
                entry.stage.address, entry.outcome.word,
                entry.seconds.map(Self.duration) ?? "",
                result.outputBytes[entry.stage].map(Measures.bytes) ?? "",
            ]
        }
        let table = TextTable(
            [["Stage", "Outcome", "Time", "Outputs"]] + rows,
            rightAligned: [2, 3]
        )
        return (rows.isEmpty ? [] : table.lines) + [total]
    }

    private var total: String {
        let counts = fields.dropLast().compactMap { field -> String? in
            guard case .integer(let count) = field.value, count > 0 else { return nil }
            return "\(count) \(field.key)"
        }
        return counts.isEmpty ? "No stages." : "Stages: \(counts.joined(separator: ", "))."
    }

    private static func duration(_ seconds: Double) -> String {
        seconds < 10 ? "\(Double(Int(seconds * 100)) / 100) s" : Measures.duration(seconds)
    }
}
