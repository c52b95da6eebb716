import DVFormats
import DVPipeline
import DVProject
import DVReporting

/// Why a stage is not up to date.
struct ExplanationView {
    private let explanation: Explanation

    init(_ explanation: Explanation) {
        self.explanation = explanation
    }

    var fields: [(key: String, value: JSONValue)] {
        [
            ("stage", .string(explanation.stage.address)),
            ("reasons", .array(explanation.reasons.map(json) + explanation.pending.map(pending))),
        ]
    }

    private func pending(_ path: String) -> JSONValue {
        .object([
            ("kind", "dependency"), ("path", .string(path)), ("change", "pending"),
            ("written_by", maker(of: path)),
        ])
    }

    private func json(_ reason: StaleReason) -> JSONValue {
        switch reason {
        case .command(let old, let new):
            .object([("kind", "command"), ("old", json(old)), ("new", json(new))])
        case .dependency(let change):
            .object(
                [("kind", "dependency")] + json(change) + [("written_by", maker(of: change.path))]
            )
        case .dataset(let change):
            .object([
                ("kind", "dataset"), ("path", .string(change.path)),
                ("change", .string(change.change.rawValue)),
                ("old", change.old.map { JSONValue($0.value) } ?? .null),
                ("new", change.new.map { JSONValue($0.value) } ?? .null),
            ])
        case .output(let change): .object([("kind", "output")] + json(change))
        case .parameter(let change):
            .object([
                ("kind", "parameter"), ("path", .string(change.file)), ("key", .string(change.key)),
                ("change", .string(change.change.rawValue)),
                ("old", change.old.map { JSONValue($0) } ?? .null),
                ("new", change.new.map { JSONValue($0) } ?? .null),
            ])
        case .parameterFile(let file, let change):
            .object([
                ("kind", "parameters"), ("path", .string(file)),
                ("change", .string(change.rawValue)),
            ])
        case .alwaysChanged: .object([("kind", "always")])
        case .checksum: .object([("kind", "file")])
        }
    }

    private func json(_ change: PathChange) -> [(key: String, value: JSONValue)] {
        [
            ("path", .string(change.path)), ("change", .string(change.change.rawValue)),
            ("old", change.old.map { .string($0.name.text) } ?? .null),
            ("new", change.new.map { .string($0.name.text) } ?? .null),
        ]
    }

    private func json(_ command: DVFormats.StageCommand?) -> JSONValue {
        switch command {
        case .single(let line): .string(line)
        case .list(let lines): .array(lines.map { .string($0) })
        case nil: .null
        }
    }

    private func maker(of path: String) -> JSONValue {
        explanation.makers[path].map { .string($0.address) } ?? .null
    }
}
