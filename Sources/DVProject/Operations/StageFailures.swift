import DVPipeline
import DVSystem

/// The stages that failed when they were run last, for pictures.
///
/// A line for each in a file that may be lost: `Stage.name(below:)`.
struct StageFailures {
    private let file: AbsolutePath
    private let root: AbsolutePath
    private var failed: Set<String>

    init(_ project: Project) throws {
        root = project.root
        file = root.appending(".dvc/tmp/dvswift/stage-failures")
        let text = String(decoding: try file.readBytesIfPresent() ?? [], as: UTF8.self)
        failed = Set(text.split(separator: "\n").map(String.init))
    }

    func contains(_ stage: Stage) -> Bool { failed.contains(line(for: stage)) }

    /// Takes over what failed, and what no longer does; nothing is written if that is nothing new.
    static func note(_ report: ReproductionReport, in project: Project) throws {
        var failures = try StageFailures(project)
        let known = failures.failed
        for entry in report.entries {
            let line = failures.line(for: entry.stage)
            switch entry.outcome {
            case .failed(let error) where !(error is Interrupted): failures.failed.insert(line)
            case .unchanged, .reproduced, .restored: failures.failed.remove(line)
            case .failed, .skipped, .notStarted: break
            }
        }
        if failures.failed != known { try failures.write() }
    }

    private func line(for stage: Stage) -> String { stage.name(below: root) }

    private func write() throws {
        try file.parent.makeDirectories()
        let text = failed.sorted().map { $0 + "\n" }.joined()
        try file.replaceContents(with: Array(text.utf8))
    }
}

extension Stage {
    /// Its file, a colon and its name: the same wherever the user stands.
    func name(below root: AbsolutePath) -> String {
        "\(file.relative(to: root)?.string ?? file.string):\(name ?? "")"
    }
}
