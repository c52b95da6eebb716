import DVPipeline
import DVSystem

/// How long stages took when they ran last, so that parallel runs start with the longest chains.
///
/// A line for each stage in a file that may be lost: seconds, a tab, and `Stage.name(below:)`.
struct StageTimes {
    private let file: AbsolutePath
    private let root: AbsolutePath
    private var seconds: [String: Double]

    init(_ project: Project) throws {
        root = project.root
        file = root.appending(".dvc/tmp/dvswift/stage-times")
        seconds = [:]
        let text = String(decoding: try file.readBytesIfPresent() ?? [], as: UTF8.self)
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", maxSplits: 1)
            guard fields.count == 2, let time = Double(fields[0]), time >= 0 else { continue }
            seconds[String(fields[1])] = time
        }
    }

    /// Stages that never ran are taken for average ones.
    var estimate: @Sendable (Stage) -> Double {
        let average = seconds.isEmpty ? 1 : seconds.values.reduce(0, +) / Double(seconds.count)
        return { [seconds, root] in seconds[$0.name(below: root)] ?? average }
    }

    /// Takes over what ran; nothing is read or written if nothing did.
    static func note(_ report: ReproductionReport, in project: Project) throws {
        let ran = report.entries.filter { if case .reproduced = $0.outcome { true } else { false } }
        guard !ran.isEmpty else { return }
        var times = try StageTimes(project)
        for entry in ran { times.seconds[entry.stage.name(below: project.root)] = entry.seconds }
        try times.write()
    }

    private func write() throws {
        let lines = seconds.sorted { $0.key < $1.key }.map { "\($0.value)\t\($0.key)\n" }
        try file.parent.makeDirectories()
        try file.replaceContents(with: Array(lines.joined().utf8))
    }
}
